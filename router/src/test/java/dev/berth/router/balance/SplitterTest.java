package dev.berth.router.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.router.metrics.FleetLabels;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.serving.route.BackendAddress;
import dev.berth.serving.route.FleetRoute.Routing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {
  private static final int REQUESTS = 100_000;
  private static final double TENTH_OF_A_POINT = 0.001;

  private final RouterMetrics metrics = new RouterMetrics();

  private Fleet fleet(String variant, double weight, int servers) {
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      backends.add(new Backend(new BackendAddress("127.0.0.1", 1000 + i)));
    }
    return new Fleet(
        variant,
        weight,
        Routing.LeastOutstanding,
        backends,
        metrics.fleet(new FleetLabels("e", variant, "r")));
  }

  private List<Fleet> fleets(double[] weights) {
    List<Fleet> fleets = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      fleets.add(fleet("v" + i, weights[i], 1));
    }
    return fleets;
  }

  private static Map<String, LongAdder> drawn(Splitter splitter, int requests) {
    Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    for (int i = 0; i < requests; i++) {
      String variant = splitter.draw().orElseThrow().variant();
      counts.computeIfAbsent(variant, _ -> new LongAdder()).increment();
    }
    return counts;
  }

  private static void assertShares(Map<String, LongAdder> counts, double[] weights) {
    double largest = Arrays.stream(weights).max().orElseThrow();
    double total = Arrays.stream(weights).map(weight -> weight / largest).sum();
    long requests = counts.values().stream().mapToLong(LongAdder::sum).sum();
    for (int i = 0; i < weights.length; i++) {
      long count = counts.getOrDefault("v" + i, new LongAdder()).sum();
      if (weights[i] == 0) {
        assertThat(count).isZero();
      }
      assertThat((double) count / requests)
          .isCloseTo(weights[i] / largest / total, within(TENTH_OF_A_POINT));
    }
  }

  private static double[] weights(String text) {
    return Stream.of(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1 1",
        "90 10",
        "99 1",
        "999 1",
        "0.3 0.7",
        "1 0",
        "0 5 0 5",
        "1 2 3 4 5 6 7",
        "0.618034 0.381966",
        "1e-9 1",
        "1e308 1e308",
        "1 1 1 1 1 1 1 1 1 1 1 1 1"
      })
  void everyShareIsExact(String text) {
    double[] weights = weights(text);
    Splitter splitter = new Splitter(fleets(weights), new AtomicLong());
    assertShares(drawn(splitter, REQUESTS), weights);
  }

  @Test
  void sharesHoldInAnyStretchOfRequestsAlsoBetweenThreads() throws Exception {
    double[] weights = {70, 25, 5, 0};
    Splitter splitter = new Splitter(fleets(weights), new AtomicLong(Long.MAX_VALUE - 50_000));
    Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        running.add(
            threads.submit(
                () ->
                    drawn(splitter, REQUESTS / 4)
                        .forEach(
                            (variant, n) ->
                                counts
                                    .computeIfAbsent(variant, _ -> new LongAdder())
                                    .add(n.sum()))));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    assertShares(counts, weights);
  }

  @Test
  void aTableThatChangesAllTheTimeStillSplitsExactly() {
    double[] weights = {80, 20};
    AtomicLong counter = new AtomicLong();
    Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    for (int i = 0; i < REQUESTS / 3; i++) {
      drawn(new Splitter(fleets(weights), counter), 3)
          .forEach(
              (variant, n) -> counts.computeIfAbsent(variant, _ -> new LongAdder()).add(n.sum()));
    }
    assertShares(counts, weights);
  }

  @Test
  void aFleetWithoutServersIsLeftOut() {
    List<Fleet> fleets = List.of(fleet("v0", 9, 0), fleet("v1", 1, 1), fleet("v2", 0, 1));
    assertThat(drawn(new Splitter(fleets, new AtomicLong()), 100)).containsOnlyKeys("v1");
    assertThat(new Splitter(List.of(fleets.get(0), fleets.get(2)), new AtomicLong()).draw())
        .isEmpty();
  }

  @Test
  void whoAsksForAVariantOfNoWeightGetsIt() {
    List<Fleet> fleets = List.of(fleet("v2", 0, 1), fleet("v2", 0, 1));
    assertThat(Splitter.ofVariant(fleets, new AtomicLong()).draw()).isPresent();
    List<Fleet> shifting = List.of(fleet("old", 0, 1), fleet("new", 1, 1));
    assertThat(drawn(Splitter.ofVariant(shifting, new AtomicLong()), 100)).containsOnlyKeys("new");
  }
}

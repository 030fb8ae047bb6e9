package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.modelserver.zoo.Zoo;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that ask for what is expensive, each as soon as it has its answer. */
class OverloadTest {
  /** Explained predictions are expensive however few the rows; these are refused by their heads. */
  private static final String ROWS = "0.5,1,2,3,4,5,6,7\n".repeat(250);

  private static final int EACH = 10;

  @TempDir Path directory;
  private ServerFixture server;

  @BeforeEach
  void start() throws Exception {
    Path file = Zoo.file("xgb-3.2.0/multi-softprob/model.json", directory);
    server = new ServerFixture(directory, List.of(model("m", file)));
    server.service().load();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As many as have a place: nobody is refused, however slow the machine. */
  @Test
  void aClosedLoopOfSixtyFourClientsIsNeverRefused() throws Exception {
    assertThat(statuses(64)).hasSize(64 * EACH).containsOnly(200);
  }

  /** More than can wait, who come again at once, on every core that there is. */
  @Test
  void thoseWhoAreLetInAreAnsweredWhileOthersInsist() throws Exception {
    int clients = 200 + Runtime.getRuntime().availableProcessors();
    List<Integer> statuses = statuses(clients);
    assertThat(statuses).hasSize(clients * EACH).containsOnly(200, 429);
    // The first hundred come in, and at the end there is room for whoever is left.
    assertThat(statuses.stream().filter(status -> status == 200).count()).isGreaterThan(100);
  }

  private List<Integer> statuses(int clients) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Integer>>> loops =
          Stream.generate(() -> (Callable<List<Integer>>) this::closedLoop).limit(clients).toList();
      for (Future<List<Integer>> loop : threads.invokeAll(loops)) {
        statuses.addAll(loop.get());
      }
    }
    return statuses;
  }

  private List<Integer> closedLoop() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      HttpResponse<String> answer =
          server.invoke("text/csv", ROWS, "x-amzn-sagemaker-enable-explanations", "`true`");
      statuses.add(answer.statusCode());
    }
    return statuses;
  }
}

package dev.berth.router.table;

import dev.berth.router.balance.Fleet;
import dev.berth.router.balance.Splitter;
import dev.berth.serving.route.Route;
import dev.berth.serving.route.RouteLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One endpoint's route, ready to send requests by. */
public final class LiveRoute {
  /** How long after its last server went an endpoint is believed to get another soon. */
  private static final long HOPE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Route route;
  private final EndpointState state;
  private final Splitter all;
  private final Map<String, Splitter> byVariant;
  private final boolean hasBackends;
  private final boolean everHadBackends;
  private final long lostBackendsNanos;

  LiveRoute(Route route, List<Fleet> fleets, EndpointState state, long nowNanos) {
    this.route = route;
    this.state = state;
    this.all = new Splitter(fleets, state.counter(""));
    this.byVariant =
        fleets.stream()
            .collect(
                Collectors.groupingBy(
                    Fleet::variant,
                    Collectors.collectingAndThen(
                        Collectors.toList(),
                        same -> Splitter.ofVariant(same, state.counter(same.get(0).variant())))));
    this.hasBackends = fleets.stream().anyMatch(Fleet::hasBackends);
    this.lostBackendsNanos = state.observe(hasBackends, nowNanos);
    this.everHadBackends = state.everHadBackends();
  }

  public String endpoint() {
    return route.endpoint();
  }

  public String namespace() {
    return route.namespace();
  }

  public long generation() {
    return route.generation();
  }

  public RouteLimits limits() {
    return route.limits();
  }

  /** The split of all traffic that asks for no variant. */
  public Splitter all() {
    return all;
  }

  /** The split of the traffic that asks for this variant; empty when there is no such variant. */
  public Optional<Splitter> variant(String name) {
    return Optional.ofNullable(byVariant.get(name));
  }

  /** One of these two: empty stands for no variant. */
  public Optional<Splitter> splitter(String variant) {
    return variant.isEmpty() ? Optional.of(all) : variant(variant);
  }

  /** Whether a request without a server may hope for one: it has some, or had a moment ago. */
  public boolean mayHope() {
    return hasBackends || (everHadBackends && System.nanoTime() - lostBackendsNanos < HOPE_NANOS);
  }

  /** Takes one of the endpoint's places to wait for a server; false when all are taken. */
  public boolean enterQueue() {
    if (state.waiting().incrementAndGet() <= route.limits().maxQueue()) {
      return true;
    }
    leaveQueue();
    return false;
  }

  /** Gives the place back, on this route or a later one of the same endpoint. */
  public void leaveQueue() {
    state.waiting().decrementAndGet();
  }
}

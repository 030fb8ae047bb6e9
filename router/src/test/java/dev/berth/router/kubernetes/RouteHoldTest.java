package dev.berth.router.kubernetes;

import static dev.berth.router.kubernetes.Slices.ready;
import static dev.berth.router.kubernetes.Slices.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.route.BackendAddress;
import dev.berth.serving.route.FleetRoute;
import dev.berth.serving.route.Route;
import dev.berth.serving.route.RouteLimits;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a new generation of a route is taken: given what is known of its fleets, and when. */
class RouteHoldTest {
  private static final EndpointSlice OLD = slice("old", ready("10.0.0.1"));
  private static final EndpointSlice NEW = slice("new", ready("10.0.0.2"));

  private final RouteHold hold = new RouteHold();

  private static Route route(long generation, String... services) {
    List<FleetRoute> fleets =
        java.util.stream.Stream.of(services)
            .map(
                service -> {
                  double weight = service.equals("idle") ? 0 : 1;
                  return new FleetRoute(
                      "v", "r", service, weight, FleetRoute.Routing.Random, List.of());
                })
            .toList();
    return new Route("e", "prod", generation, fleets, RouteLimits.DEFAULT);
  }

  private Route after(long seconds, Route wanted, EndpointSlice... slices) {
    return hold.decide(
            List.of(wanted),
            new ServiceAddresses(List.of(slices)),
            TimeUnit.SECONDS.toNanos(seconds))
        .getFirst();
  }

  @Test
  void theFirstIsTakenAsItIs() {
    assertThat(after(0, route(1, "old")).generation()).isEqualTo(1);
    assertThat(hold.holding()).isFalse();
  }

  @Test
  void aNewFleetMustHaveAServerFirst() {
    after(0, route(1, "old"), OLD);
    Route held = after(1, route(2, "new"), OLD);
    assertThat(held.generation()).isEqualTo(1);
    assertThat(held.fleets().getFirst().backends())
        .containsExactly(new BackendAddress("10.0.0.1", 8080));
    assertThat(hold.holding()).isTrue();
    Route taken = after(2, route(2, "new"), OLD, NEW);
    assertThat(taken.generation()).isEqualTo(2);
    assertThat(taken.fleets().getFirst().backends())
        .containsExactly(new BackendAddress("10.0.0.2", 8080));
    assertThat(hold.holding()).isFalse();
  }

  @Test
  void everyFleetThatGetsTrafficMustOthersNeedNot() {
    after(0, route(1, "old"), OLD);
    assertThat(after(1, route(2, "old", "new"), OLD).generation()).isEqualTo(1);
    assertThat(after(2, route(3, "old", "idle"), OLD).generation()).isEqualTo(3);
    assertThat(after(3, route(4), OLD).generation()).isEqualTo(4);
  }

  @Test
  void tenSecondsAreEnough() {
    after(0, route(1, "old"), OLD);
    assertThat(after(1, route(2, "new"), OLD).generation()).isEqualTo(1);
    assertThat(after(10, route(2, "new"), OLD).generation()).isEqualTo(1);
    assertThat(after(11, route(2, "new"), OLD).generation()).isEqualTo(2);
  }

  @Test
  void eachNewGenerationHasItsOwnTenSeconds() {
    after(0, route(1, "old"), OLD);
    after(1, route(2, "new"), OLD);
    assertThat(after(10, route(3, "new"), OLD).generation()).isEqualTo(1);
    assertThat(after(19, route(3, "new"), OLD).generation()).isEqualTo(1);
    assertThat(after(20, route(3, "new"), OLD).generation()).isEqualTo(3);
  }

  @Test
  void serversThatGoChangeTheRouteAtOnceAndDoNotHoldIt() {
    after(0, route(1, "old"), OLD);
    assertThat(after(1, route(1, "old")).fleets().getFirst().backends()).isEmpty();
  }
}

package dev.berth.router.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.router.metrics.FleetLabels;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.serving.route.BackendAddress;
import dev.berth.serving.route.FleetRoute.Routing;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {
  private final Backend a = new Backend(new BackendAddress("127.0.0.1", 1));
  private final Backend b = new Backend(new BackendAddress("127.0.0.1", 2));
  private final Backend c = new Backend(new BackendAddress("127.0.0.1", 3));

  private static Fleet fleet(Routing routing, Backend... backends) {
    var meter = new RouterMetrics().fleet(new FleetLabels("e", "v", "r"));
    return new Fleet("v", 1, routing, List.of(backends), meter);
  }

  private static void eject(Backend backend) {
    for (int i = 0; i < 3; i++) {
      backend.health().failed();
    }
  }

  @Test
  void theLessBusyOfTwoIsTaken() {
    Fleet fleet = fleet(Routing.LeastOutstanding, a, b);
    a.begun();
    for (int i = 0; i < 100; i++) {
      assertThat(fleet.choose(List.of())).contains(b);
    }
  }

  @Test
  void spreadsEvenlyWhenEachTakesAsLong() {
    Fleet fleet = fleet(Routing.LeastOutstanding, a, b, c);
    for (int i = 0; i < 3000; i++) {
      fleet.choose(List.of()).orElseThrow().begun();
    }
    assertThat(List.of(a, b, c)).allSatisfy(x -> assertThat(x.outstanding()).isBetween(990, 1010));
  }

  @Test
  void randomDoesNotLookAtHowBusyTheyAre() {
    Fleet fleet = fleet(Routing.Random, a, b);
    a.begun();
    int onA = 0;
    for (int i = 0; i < 1000; i++) {
      onA += fleet.choose(List.of()).orElseThrow() == a ? 1 : 0;
    }
    assertThat(onA).isBetween(400, 600);
  }

  @Test
  void anEjectedServerGetsNothing() {
    Fleet fleet = fleet(Routing.LeastOutstanding, a, b, c);
    eject(a);
    b.begun();
    c.begun();
    for (int i = 0; i < 100; i++) {
      assertThat(fleet.choose(List.of()).orElseThrow()).isNotSameAs(a);
    }
  }

  @Test
  void theLastServerIsNeverEjected() {
    Fleet fleet = fleet(Routing.LeastOutstanding, a, b);
    eject(a);
    eject(b);
    assertThat(fleet.choose(List.of())).isPresent();
    assertThat(fleet.choose(List.of(a))).contains(b);
    assertThat(fleet.choose(List.of(a, b))).isEmpty();
    assertThat(fleet(Routing.Random).choose(List.of())).isEmpty();
  }
}

package dev.berth.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Endpoint;
import dev.berth.planner.RouterPlan.Owner;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterPlannerTest {
  @Test
  void aNamespaceHasARouterFromItsFirstEndpointOnOwnedByAllOfThem() {
    RouterPlan plan = RouterPlanner.plan(view(endpoint("b", null), endpoint("a", null)));

    assertThat(plan.runs()).isTrue();
    assertThat(plan.replicas()).isEqualTo(2);
    assertThat(plan.image()).isEqualTo("router:1");
    assertThat(plan.owners()).containsExactly(new Owner("a", "uid-a"), new Owner("b", "uid-b"));
  }

  @Test
  void anEndpointThatIsGoingNeedsItToTheEnd() {
    assertThat(RouterPlanner.plan(view(endpoint("a", "2026-11-23T12:00:00Z"))).runs()).isTrue();
  }

  @Test
  void itGoesWithTheLastEndpoint() {
    assertThat(RouterPlanner.plan(view()).runs()).isFalse();
  }

  private static RouterView view(Endpoint... endpoints) {
    return new RouterView("homes", List.of(endpoints), "router:1", RouterPlanner.REPLICAS);
  }

  private static Endpoint endpoint(String name, String deleted) {
    Endpoint endpoint = new Endpoint();
    endpoint.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withUid("uid-" + name)
            .withDeletionTimestamp(deleted)
            .build());
    return endpoint;
  }
}

package dev.berth.planner.rollout;

import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.planner.defaults.EndpointDefaults;
import dev.berth.planner.route.RouteDelivery;
import java.util.Optional;

/** What the routers of an Endpoint are to obey at each step. */
public final class Routing {
  private Routing() {}

  /** Before the first revision is ready a route stays as it is, if there is one at all. */
  public static RouteDelivery of(Situation situation, RolloutState state) {
    return state
        .routed()
        .map(ref -> to(situation, ref))
        .orElseGet(() -> delivery(situation, situation.view().route().map(EndpointRoute::getSpec)));
  }

  static RouteDelivery to(Situation situation, RevisionRef ref) {
    EndpointRouteSpec route =
        new EndpointRouteSpec(
            situation.routeTo(ref.hash()), EndpointDefaults.limits(situation.spec()));
    return delivery(situation, Optional.of(route));
  }

  private static RouteDelivery delivery(Situation situation, Optional<EndpointRouteSpec> planned) {
    return new RouteDelivery(planned, situation.view().route(), situation.view().liveRouters());
  }
}

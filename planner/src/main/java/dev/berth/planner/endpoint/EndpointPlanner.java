package dev.berth.planner.endpoint;

import dev.berth.api.EndpointStatus;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.EndpointView;
import dev.berth.planner.fleet.FleetPlan;
import dev.berth.planner.rollout.Leftovers;
import dev.berth.planner.rollout.Rollout;
import dev.berth.planner.rollout.RolloutState;
import dev.berth.planner.rollout.Routing;
import dev.berth.planner.rollout.Situation;
import dev.berth.planner.rollout.Timers;
import dev.berth.planner.route.RouteDelivery;
import dev.berth.planner.status.EndpointEvents;
import dev.berth.planner.status.EndpointStatusWriter;
import dev.berth.planner.status.Outcome;

/** Plans an Endpoint. */
public final class EndpointPlanner {
  private EndpointPlanner() {}

  public static EndpointPlan plan(EndpointView view) {
    Situation situation = new Situation(view);
    return view.endpoint().getMetadata().getDeletionTimestamp() == null
        ? run(situation)
        : new DeletionPlanner(situation).plan();
  }

  private static EndpointPlan run(Situation situation) {
    RolloutState state = Rollout.plan(situation);
    RouteDelivery delivery = Routing.of(situation, state);
    Leftovers leftovers = new Leftovers(situation, state, delivery);
    FleetPlan fleets = FleetPlan.of(situation, state, leftovers);
    EndpointStatus status =
        EndpointStatusWriter.of(new Outcome(situation, state, delivery, leftovers, fleets));
    return new EndpointPlan(
        fleets.fleets(),
        fleets.keep(),
        delivery.planned(),
        serviceNameIsFree(situation),
        status,
        EndpointEvents.between(situation.status(), status),
        Timers.lookAgain(situation, state, leftovers),
        false);
  }

  static boolean serviceNameIsFree(Situation situation) {
    return !situation.view().takenNames().contains("Service/" + situation.endpointName());
  }
}

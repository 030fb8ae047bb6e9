package dev.berth.planner.status;

import dev.berth.planner.fleet.FleetPlan;
import dev.berth.planner.rollout.Leftovers;
import dev.berth.planner.rollout.RolloutState;
import dev.berth.planner.rollout.Situation;
import dev.berth.planner.route.RouteDelivery;

/** What was decided, for those who put it into words. */
public record Outcome(
    Situation situation,
    RolloutState state,
    RouteDelivery delivery,
    Leftovers leftovers,
    FleetPlan fleets) {}

package dev.berth.planner.endpoint;

import dev.berth.api.Condition;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.api.EndpointStatus.VariantPhase;
import dev.berth.api.EndpointStatus.VariantStatus;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.condition.Judgement;
import dev.berth.planner.defaults.EndpointDefaults;
import dev.berth.planner.rollout.Leftovers;
import dev.berth.planner.rollout.Situation;
import dev.berth.planner.route.RouteDelivery;
import dev.berth.planner.status.EndpointEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes an Endpoint down so that no request is cut off: first the routers are told that it leads
 * nowhere, then its fleets go, then its route, then the Endpoint itself.
 */
final class DeletionPlanner {
  private static final String DELETING = "Deleting";

  private final Situation situation;
  private final boolean hasRoute;
  private final boolean hasFleets;
  private final RouteDelivery delivery;

  DeletionPlanner(Situation situation) {
    this.situation = situation;
    this.hasRoute = situation.view().route().isPresent();
    this.hasFleets = !situation.view().fleets().isEmpty();
    Optional<EndpointRouteSpec> nowhere =
        hasRoute && hasFleets
            ? Optional.of(
                new EndpointRouteSpec(List.of(), EndpointDefaults.limits(situation.spec())))
            : Optional.empty();
    this.delivery =
        new RouteDelivery(nowhere, situation.view().route(), situation.view().liveRouters());
  }

  EndpointPlan plan() {
    EndpointStatus status = status();
    return new EndpointPlan(
        List.of(),
        drained() ? Set.of() : fleetNames(),
        delivery.planned(),
        hasRoute && EndpointPlanner.serviceNameIsFree(situation),
        status,
        EndpointEvents.between(situation.status(), status),
        pendingDrain().map(end -> Duration.between(situation.now(), end)),
        !hasFleets && !hasRoute);
  }

  private boolean drained() {
    return !hasRoute || (delivery.acknowledgedOrNoRouter() && pendingDrain().isEmpty());
  }

  private Optional<Instant> pendingDrain() {
    return delivery
        .acknowledgedAt()
        .map(word -> Leftovers.drained(word, situation.now()))
        .filter(end -> end.isAfter(situation.now()));
  }

  private Set<String> fleetNames() {
    return situation.view().fleets().stream()
        .map(ObservedFleet::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private EndpointStatus status() {
    Optional<EndpointStatus> old = situation.status();
    return new EndpointStatus(
        situation.generation(),
        Phase.Deleting,
        situation.view().url(),
        old.map(EndpointStatus::endpointConfigName).orElse(null),
        old.map(EndpointStatus::revision).orElse(null),
        old.map(EndpointStatus::previousEndpointConfigName).orElse(null),
        old.map(EndpointStatus::lastFailure).orElse(null),
        null,
        lines(),
        conditions());
  }

  private List<Condition> conditions() {
    Conditions conditions =
        new Conditions(
            situation.status().map(EndpointStatus::conditions).orElse(null),
            situation.generation(),
            situation.now());
    String waiting = "waiting for " + waitingFor();
    return List.of(
        conditions.of("Ready", Judgement.no(DELETING, waiting)),
        conditions.of("Serving", Judgement.no(DELETING, "takes no more requests")),
        conditions.of("Progressing", Judgement.yes(DELETING, waiting)));
  }

  private String waitingFor() {
    if (!hasFleets) {
      return hasRoute ? "its route to be gone" : "nothing";
    }
    if (!hasRoute || drained()) {
      return "its fleets to be gone";
    }
    if (!delivery.isWritten()) {
      return "the empty route to be written";
    }
    return pendingDrain()
        .map(end -> "its last requests until " + Conditions.time(end))
        .orElseGet(() -> "router " + String.join(", router ", delivery.silentRouters()));
  }

  private List<VariantStatus> lines() {
    return situation.view().fleets().stream()
        .sorted(Comparator.comparing(ObservedFleet::name))
        .map(this::line)
        .toList();
  }

  private VariantStatus line(ObservedFleet fleet) {
    return new VariantStatus(
        fleet.variant(),
        null,
        fleet.revision(),
        drained() ? VariantPhase.Deleting : VariantPhase.Draining,
        0.0,
        0.0,
        fleet.desiredReplicas(),
        fleet.readyReplicas(),
        null,
        null,
        null);
  }
}

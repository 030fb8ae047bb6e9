package dev.berth.planner.status;

import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.VariantPhase;
import dev.berth.api.EndpointStatus.VariantStatus;
import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.ObservedFleet.ModelReport;
import dev.berth.planner.ObservedFleet.ServerFailure;
import dev.berth.planner.rollout.Situation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One line a fleet: those that are to run, in their order, then those that are going. */
final class VariantStatuses {
  private final Outcome outcome;
  private final Situation situation;

  private VariantStatuses(Outcome outcome) {
    this.outcome = outcome;
    this.situation = outcome.situation();
  }

  static List<VariantStatus> of(Outcome outcome) {
    VariantStatuses statuses = new VariantStatuses(outcome);
    List<VariantStatus> lines = new ArrayList<>();
    List<Fleet> planned = outcome.fleets().fleets();
    planned.forEach(
        fleet -> lines.add(statuses.line(fleet, outcome.situation().fleet(fleet.name()))));
    outcome.situation().view().fleets().stream()
        .filter(fleet -> planned.stream().noneMatch(p -> p.name().equals(fleet.name())))
        .sorted(Comparator.comparing(ObservedFleet::name))
        .forEach(fleet -> lines.add(statuses.line(fleet)));
    return List.copyOf(lines);
  }

  private VariantStatus line(Fleet fleet, Optional<ObservedFleet> observed) {
    return new VariantStatus(
        fleet.variant().name(),
        fleet.modelName(),
        fleet.revision(),
        phase(fleet.name(), observed),
        weight(fleet.name(), fleet.variant().name(), fleet.revision()),
        plannedWeight(fleet.name()),
        fleet.replicas(),
        observed.map(ObservedFleet::readyReplicas).orElse(0),
        observed.map(ObservedFleet::imageDigest).filter(digest -> !digest.isEmpty()).orElse(null),
        observed.flatMap(ObservedFleet::report).map(ModelReport::sha256).orElse(null),
        observed.flatMap(VariantStatuses::message).orElse(null));
  }

  private VariantStatus line(ObservedFleet fleet) {
    Optional<ObservedFleet> observed = Optional.of(fleet);
    return new VariantStatus(
        fleet.variant(),
        old(fleet.variant(), fleet.revision()).map(VariantStatus::modelName).orElse(null),
        fleet.revision(),
        phase(fleet.name(), observed),
        weight(fleet.name(), fleet.variant(), fleet.revision()),
        plannedWeight(fleet.name()),
        fleet.desiredReplicas(),
        fleet.readyReplicas(),
        observed.map(ObservedFleet::imageDigest).filter(digest -> !digest.isEmpty()).orElse(null),
        fleet.report().map(ModelReport::sha256).orElse(null),
        message(fleet).orElse(null));
  }

  private VariantPhase phase(String name, Optional<ObservedFleet> observed) {
    boolean ready = observed.filter(fleet -> fleet.readyReplicas() > 0).isPresent();
    if (observed.isPresent() && isLeftover(name)) {
      return outcome.leftovers().removable(observed.get())
          ? VariantPhase.Deleting
          : VariantPhase.Draining;
    }
    if (ready && outcome.delivery().leadsTo(name)) {
      return VariantPhase.InService;
    }
    if (ready && isActive(observed.get())) {
      return VariantPhase.Draining;
    }
    boolean failing = observed.filter(fleet -> !fleet.failures().isEmpty()).isPresent();
    return failing && !ready ? VariantPhase.Failed : VariantPhase.Creating;
  }

  private boolean isLeftover(String name) {
    return outcome.leftovers().all().stream().anyMatch(fleet -> fleet.name().equals(name));
  }

  private boolean isActive(ObservedFleet fleet) {
    return outcome
        .state()
        .active()
        .filter(active -> active.hash().equals(fleet.revision()))
        .isPresent();
  }

  private double plannedWeight(String name) {
    return weightIn(outcome.delivery().planned(), name);
  }

  /** What the routers obey: the old word stands until all of them have given the new one. */
  private double weight(String name, String variant, String revision) {
    return outcome.delivery().acknowledged()
        ? plannedWeight(name)
        : old(variant, revision).map(VariantStatus::weight).orElse(0.0);
  }

  private Optional<VariantStatus> old(String variant, String revision) {
    return situation.status().map(EndpointStatus::variants).stream()
        .flatMap(List::stream)
        .filter(line -> variant.equals(line.name()) && revision.equals(line.revision()))
        .findFirst();
  }

  private static double weightIn(Optional<EndpointRouteSpec> route, String name) {
    return route.stream()
        .flatMap(r -> r.fleets().stream())
        .filter(share -> share.service().equals(name))
        .mapToDouble(FleetRoute::weight)
        .sum();
  }

  /** A fleet whose replicas are all there has nothing to complain of any more. */
  private static Optional<String> message(ObservedFleet fleet) {
    return fleet.readyReplicas() >= fleet.desiredReplicas()
        ? Optional.empty()
        : fleet.failures().stream().findFirst().map(VariantStatuses::words);
  }

  private static String words(ServerFailure failure) {
    return failure.reason() + ": " + failure.message();
  }
}

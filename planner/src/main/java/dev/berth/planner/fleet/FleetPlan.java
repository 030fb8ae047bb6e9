package dev.berth.planner.fleet;

import dev.berth.api.ProductionVariant;
import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.naming.FleetName;
import dev.berth.planner.revision.Revision;
import dev.berth.planner.rollout.Acceptance;
import dev.berth.planner.rollout.Leftovers;
import dev.berth.planner.rollout.RevisionRef;
import dev.berth.planner.rollout.RolloutState;
import dev.berth.planner.rollout.Situation;
import dev.berth.planner.rollout.TargetFleets;
import dev.berth.planner.rollout.Update;
import dev.berth.planner.sizing.FleetSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fleets of a plan.
 *
 * @param fleets to run in this shape, the active revision's first
 * @param keep names of existing fleets to leave as they are
 */
public record FleetPlan(List<Fleet> fleets, Set<String> keep) {

  public static FleetPlan of(Situation situation, RolloutState state, Leftovers leftovers) {
    Collector collector = new Collector(situation, state);
    state.active().ifPresent(ref -> collector.add(ref, false));
    target(state).ifPresent(ref -> collector.add(ref, true));
    leftovers.all().stream()
        .filter(fleet -> !leftovers.removable(fleet))
        .forEach(fleet -> collector.keep.add(fleet.name()));
    return new FleetPlan(List.copyOf(collector.fleets), Set.copyOf(collector.keep));
  }

  private static Optional<RevisionRef> target(RolloutState state) {
    return state
        .target()
        .filter(to -> !state.active().map(RevisionRef::hash).equals(Optional.of(to.hash())));
  }

  /** Renders revisions, or keeps their fleets. */
  private static final class Collector {
    private final Situation situation;
    private final RolloutState state;
    private final List<Fleet> fleets = new ArrayList<>();
    private final Set<String> keep = new TreeSet<>();

    private Collector(Situation situation, RolloutState state) {
      this.situation = situation;
      this.state = state;
    }

    private void add(RevisionRef ref, boolean isTarget) {
      Optional<Revision> revision = situation.revision(ref.hash());
      revision.ifPresent(r -> r.variants().forEach(variant -> add(r, variant, isTarget)));
      if (revision.isEmpty()) {
        situation.fleetsOf(ref.hash()).forEach(fleet -> keep.add(fleet.name()));
      }
    }

    private void add(Revision revision, ProductionVariant variant, boolean isTarget) {
      String name = FleetName.of(situation.endpointName(), variant.name(), revision.hash());
      Optional<ObservedFleet> observed = situation.fleet(name);
      if (isTaken(name)) {
        observed.ifPresent(fleet -> keep.add(fleet.name()));
        return;
      }
      FleetSize size = isTarget ? takingOver(revision, variant) : active(variant, observed);
      fleets.add(
          new Fleet(
              name,
              situation.view().endpoint().getMetadata().getNamespace(),
              situation.endpointName(),
              revision.hash(),
              variant.modelName(),
              revision.modelOf(variant),
              size.variant(),
              observed.map(ObservedFleet::serverImage).orElse(situation.view().serverImage()),
              size.replicas()));
    }

    private FleetSize takingOver(Revision revision, ProductionVariant variant) {
      return new TargetFleets(situation, revision, state.active()).size(variant);
    }

    private FleetSize active(ProductionVariant variant, Optional<ObservedFleet> observed) {
      Optional<Update> forward = state.update().filter(Update::isForward);
      if (forward.isEmpty()) {
        return FleetSize.inService(variant, situation.overrides(), observed);
      }
      return forward.get().isShifted()
          ? FleetSize.keptWarm(variant, situation.overrides(), observed)
          : FleetSize.servingOn(variant, situation.overrides(), observed);
    }

    private boolean isTaken(String fleet) {
      return situation.view().takenNames().stream()
          .anyMatch(taken -> Acceptance.nameOf(taken).equals(fleet));
    }
  }
}

package dev.berth.planner.rollout;

import dev.berth.api.EndpointStatus.Step;
import dev.berth.planner.defaults.EndpointDefaults;
import dev.berth.planner.revision.Revision;
import dev.berth.planner.rollout.Acceptance.Accepted;
import dev.berth.planner.rollout.Acceptance.Rejected;
import dev.berth.planner.rollout.RolloutState.GivenUp;
import java.util.Optional;

/**
 * The state machine of an Endpoint that is not being deleted.
 *
 * <pre>
 * creation  Provisioning -> Shifting -> (in service)
 * update    Provisioning -> Shifting -> Baking -> Terminating -> (in service)
 *                |             |          |
 *                +-------------+----------+--> RollingBack -> (in service, as before)
 * </pre>
 *
 * Provisioning: the new fleets start, the old ones serve. Shifting: the route leads to the new
 * ones, routers take it up. Baking: they carry all traffic, the old ones are there to go back to.
 * Terminating: the new revision is the active one, the old fleets drain and go. RollingBack: the
 * new fleets drain and go, because they failed or are not wanted any more.
 */
public final class Rollout {
  /** More than any way through the machine has steps. */
  private static final int MAX_STEPS = 10;

  private final Situation situation;

  private Rollout(Situation situation) {
    this.situation = situation;
  }

  /** Where the Endpoint stands now: as far on as the situation allows. */
  public static RolloutState plan(Situation situation) {
    Rollout rollout = new Rollout(situation);
    RolloutState state = StateReader.read(situation);
    for (int i = 0; i < MAX_STEPS; i++) {
      RolloutState next = rollout.step(state);
      if (next.equals(state)) {
        return state;
      }
      state = next;
    }
    return state;
  }

  private RolloutState step(RolloutState state) {
    Optional<RevisionRef> active = state.active();
    return switch (situation.acceptance()) {
      case Rejected _ when active.isEmpty() -> creationRejected(state);
      case Rejected rejected -> rejected(state, rejected);
      case Accepted accepted when active.isEmpty() -> creation(state, accepted.revision());
      case Accepted accepted when active.get().hash().equals(accepted.revision().hash()) ->
          settle(state, accepted.revision());
      case Accepted accepted -> change(state, accepted.revision());
    };
  }

  /** What was started under the same name waits for it to come back; anything else is let go. */
  private RolloutState creationRejected(RolloutState state) {
    boolean other =
        state.update().filter(update -> !update.to().configName().equals(wantedName())).isPresent();
    return other ? state.withoutUpdate() : state.withStuck(Optional.empty());
  }

  private RolloutState rejected(RolloutState state, Rejected rejected) {
    if (state.update().filter(Update::isForward).isEmpty()) {
      return finish(state);
    }
    Update update = state.update().get();
    return update.to().configName().equals(wantedName())
        ? retreat(state, update, Optional.of(rejected.failure()))
        : retreat(state, update, Optional.empty());
  }

  private RolloutState creation(RolloutState state, Revision wanted) {
    if (Acceptance.endpointNameTaken(situation.view()).isPresent()) {
      return state;
    }
    return state
        .update()
        .filter(update -> update.to().hash().equals(wanted.hash()))
        .map(update -> create(state, update, wanted))
        .orElseGet(() -> start(state, wanted));
  }

  private RolloutState create(RolloutState state, Update update, Revision wanted) {
    TargetFleets fleets = new TargetFleets(situation, wanted, Optional.empty());
    if (update.step() != Step.Provisioning) {
      return acknowledged(update.to()) && reachable()
          ? state.withActive(update.to()).withoutUpdate()
          : state;
    }
    if (fleets.ready()) {
      return state
          .withStuck(Optional.empty())
          .withUpdate(update.at(Step.Shifting, situation.now()));
    }
    Optional<Failure> failure =
        fleets.permanentFailure().or(() -> fleets.overdue(update.startedAt()));
    return state.withStuck(failure.or(state::stuck));
  }

  /** What serves is what is wanted. */
  private RolloutState settle(RolloutState state, Revision wanted) {
    String name = wanted.configName();
    if (!state.active().orElseThrow().configName().equals(name)) {
      return state.renamed(name);
    }
    Optional<Update> forward = state.update().filter(Update::isForward);
    if (forward.isEmpty()) {
      return finish(state);
    }
    Update update = forward.get();
    return update.to().hash().equals(wanted.hash())
        ? state.withUpdate(update.at(Step.Terminating, situation.now()))
        : retreat(state, update, Optional.empty());
  }

  /** Something else is wanted than what serves. */
  private RolloutState change(RolloutState state, Revision wanted) {
    if (isGivenUp(state, wanted)) {
      return finish(state);
    }
    Optional<Update> update = state.update();
    boolean sameTarget = update.filter(u -> u.to().hash().equals(wanted.hash())).isPresent();
    if (sameTarget && update.get().isForward()) {
      return advance(state, update.get(), wanted);
    }
    if (update.filter(Update::isShifted).isPresent()) {
      return retreat(state, update.get(), Optional.empty());
    }
    return sameTarget && hasFailed(wanted) ? finish(state) : start(state, wanted);
  }

  private RolloutState start(RolloutState state, Revision wanted) {
    RevisionRef to = new RevisionRef(wanted.configName(), wanted.hash());
    return state
        .withStuck(Optional.empty())
        .withUpdate(Update.start(state.active(), to, situation.now()));
  }

  private RolloutState advance(RolloutState state, Update update, Revision wanted) {
    TargetFleets fleets = new TargetFleets(situation, wanted, state.active());
    Optional<Failure> failure =
        update.isShifted() ? lost(state, fleets) : fleets.permanentFailure();
    if (failure.isPresent()) {
      return retreat(state, update, failure);
    }
    if (situation.paused()) {
      return state;
    }
    boolean stepIsDone =
        switch (update.step()) {
          case Provisioning -> fleets.ready();
          case Shifting -> acknowledged(update.to());
          case Baking -> Timers.passed(Timers.bakeEnd(situation, update), situation.now());
          case Terminating, RollingBack -> false;
        };
    if (stepIsDone) {
      return nextStep(state, update);
    }
    return overdue(update, fleets)
        .map(why -> retreat(state, update, Optional.of(why)))
        .orElse(state);
  }

  /** New fleets that went away after the shift, while there is something to go back to. */
  private Optional<Failure> lost(RolloutState state, TargetFleets fleets) {
    boolean wayBack = situation.carries(state.active().orElseThrow().hash());
    return wayBack ? fleets.lost() : Optional.empty();
  }

  private RolloutState nextStep(RolloutState state, Update update) {
    return switch (update.step()) {
      case Provisioning -> state.withUpdate(update.at(Step.Shifting, situation.now()));
      case Shifting -> state.withUpdate(update.at(Step.Baking, situation.now()));
      case Baking, Terminating, RollingBack -> promote(state, update);
    };
  }

  private RolloutState promote(RolloutState state, Update update) {
    return state.withActive(update.to()).withUpdate(update.at(Step.Terminating, situation.now()));
  }

  private Optional<Failure> overdue(Update update, TargetFleets fleets) {
    Optional<Failure> late =
        update.step() == Step.Provisioning ? fleets.overdue(update.startedAt()) : Optional.empty();
    return late.or(() -> timedOut(update, fleets));
  }

  private Optional<Failure> timedOut(Update update, TargetFleets fleets) {
    if (!Timers.passed(Timers.timeout(situation, update), situation.now())) {
      return Optional.empty();
    }
    String words =
        "the update to EndpointConfig %s took longer than %d s; it stood at %s%s"
            .formatted(
                update.to().configName(),
                EndpointDefaults.updateTimeout(situation.spec()).toSeconds(),
                update.step(),
                fleets.ready() ? "" : ", " + fleets.missing());
    return Optional.of(new Failure("UpdateTimedOut", words));
  }

  /**
   * Goes back to what served before, and remembers why if the update failed rather than was called
   * off. Where what served before cannot carry traffic any more and the new fleets, which have it,
   * can, there is no way back: they stay.
   */
  private RolloutState retreat(RolloutState state, Update update, Optional<Failure> why) {
    boolean noWayBack =
        update.isShifted()
            && !situation.carries(state.active().orElseThrow().hash())
            && situation.carries(update.to().hash());
    if (noWayBack) {
      return promote(state, update);
    }
    RolloutState back = state.withUpdate(update.at(Step.RollingBack, situation.now()));
    return why.map(
            failure ->
                back.withGivenUp(
                    new GivenUp(update.to(), situation.generation(), failure, situation.now())))
        .orElse(back);
  }

  /** The last step is done when no fleet is left but the active revision's. */
  private RolloutState finish(RolloutState state) {
    String active = state.active().orElseThrow().hash();
    Optional<Update> update = state.update();
    if (update.isPresent() && update.get().isForward()) {
      return retreat(state, update.get(), Optional.empty());
    }
    boolean alone =
        situation.view().fleets().stream().allMatch(fleet -> fleet.revision().equals(active));
    return update.isPresent() && alone ? state.withoutUpdate() : state;
  }

  private boolean isGivenUp(RolloutState state, Revision wanted) {
    return state
        .givenUp()
        .filter(failed -> failed.target().hash().equals(wanted.hash()))
        .filter(failed -> failed.generation() == situation.generation())
        .filter(failed -> !Acceptance.HEALING.contains(failed.failure().reason()))
        .isPresent();
  }

  /** Fleets that have failed for good must be gone before the same revision is tried again. */
  private boolean hasFailed(Revision revision) {
    return new TargetFleets(situation, revision, Optional.empty()).permanentFailure().isPresent();
  }

  private boolean acknowledged(RevisionRef ref) {
    return Routing.to(situation, ref).acknowledged();
  }

  /** In service means that a call comes through, so routers that obey are not enough. */
  private boolean reachable() {
    return situation.reachableAt().filter(at -> Timers.passed(at, situation.now())).isPresent();
  }

  private String wantedName() {
    return situation.spec().endpointConfigName();
  }
}

package dev.berth.planner.status;

import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.LastFailure;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.api.EndpointStatus.UpdateStatus;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.rollout.RevisionRef;
import dev.berth.planner.rollout.RolloutState;
import dev.berth.planner.rollout.RolloutState.GivenUp;
import dev.berth.planner.rollout.Situation;
import dev.berth.planner.rollout.Update;

/** Writes an outcome down, so that the next plan can read it. */
public final class EndpointStatusWriter {
  private EndpointStatusWriter() {}

  public static EndpointStatus of(Outcome outcome) {
    Situation situation = outcome.situation();
    RolloutState state = outcome.state();
    return new EndpointStatus(
        situation.generation(),
        phase(state),
        situation.view().url(),
        state.active().map(EndpointStatusWriter::configName).orElse(null),
        state.active().map(RevisionRef::hash).orElse(null),
        state.previousConfigName().orElse(null),
        state.givenUp().map(EndpointStatusWriter::lastFailure).orElse(null),
        state.update().map(update -> updateStatus(outcome, update)).orElse(null),
        VariantStatuses.of(outcome),
        EndpointConditions.of(outcome));
  }

  private static Phase phase(RolloutState state) {
    if (state.active().isEmpty()) {
      return state.stuck().isPresent() ? Phase.Failed : Phase.Creating;
    }
    return state
        .update()
        .map(
            update ->
                switch (update.step()) {
                  case Provisioning, Shifting, Baking, Terminating -> Phase.Updating;
                  case RollingBack -> Phase.RollingBack;
                })
        .orElse(Phase.InService);
  }

  private static UpdateStatus updateStatus(Outcome outcome, Update update) {
    return new UpdateStatus(
        update.from().map(EndpointStatusWriter::configName).orElse(null),
        update.to().configName(),
        update.from().map(RevisionRef::hash).orElse(null),
        update.to().hash(),
        update.step(),
        Conditions.time(update.startedAt()),
        Conditions.time(update.stepStartedAt()),
        shiftedPercent(outcome, update),
        WaitingFor.words(outcome, update));
  }

  /** All traffic moves at once, router by router. */
  private static int shiftedPercent(Outcome outcome, Update update) {
    int obeying = outcome.delivery().percent();
    return switch (update.step()) {
      case Provisioning -> 0;
      case Shifting -> obeying;
      case Baking, Terminating -> 100;
      case RollingBack -> wasShifted(outcome) ? 100 - obeying : 0;
    };
  }

  private static boolean wasShifted(Outcome outcome) {
    return outcome
        .situation()
        .status()
        .map(EndpointStatus::update)
        .map(UpdateStatus::shiftedPercent)
        .filter(percent -> percent > 0)
        .isPresent();
  }

  private static LastFailure lastFailure(GivenUp failed) {
    return new LastFailure(
        configName(failed.target()),
        failed.target().hash(),
        failed.generation(),
        failed.failure().reason(),
        failed.failure().message(),
        Conditions.time(failed.time()));
  }

  private static String configName(RevisionRef ref) {
    return ref.configName().isEmpty() ? null : ref.configName();
  }
}

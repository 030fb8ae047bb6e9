package dev.berth.planner.rollout;

import dev.berth.api.EndpointStatus.Step;
import java.time.Instant;
import java.util.Optional;

/**
 * A way from one revision to another. Creation is an update from nothing.
 *
 * @param from what served when it began; empty in a creation
 * @param step where it stands; RollingBack once {@code to} was given up or is no longer wanted
 */
public record Update(
    Optional<RevisionRef> from,
    RevisionRef to,
    Step step,
    Instant startedAt,
    Instant stepStartedAt) {

  static Update start(Optional<RevisionRef> from, RevisionRef to, Instant now) {
    return new Update(from, to, Step.Provisioning, now, now);
  }

  Update at(Step next, Instant now) {
    return new Update(from, to, next, startedAt, now);
  }

  /** On its way to {@code to}, which does not serve for good yet. */
  public boolean isForward() {
    return switch (step) {
      case Provisioning, Shifting, Baking -> true;
      case Terminating, RollingBack -> false;
    };
  }

  /** The route leads to {@code to} though what served before is still there to go back to. */
  public boolean isShifted() {
    return step == Step.Shifting || step == Step.Baking;
  }
}

package dev.berth.planner.rollout;

import dev.berth.api.EndpointStatus.Step;
import dev.berth.planner.defaults.EndpointDefaults;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When the clock alone changes a plan. */
public final class Timers {
  /** Nodes gather changes of a Service for a second before they act on them. */
  static final Duration WAY_IS_KNOWN = Duration.ofSeconds(2);

  private Timers() {}

  static boolean passed(Instant deadline, Instant now) {
    return !now.isBefore(deadline);
  }

  public static Instant bakeEnd(Situation situation, Update update) {
    return update.stepStartedAt().plus(EndpointDefaults.bake(situation.spec()));
  }

  /** The bound of an update until all traffic has moved; an end that has begun is not cut short. */
  static Instant timeout(Situation situation, Update update) {
    return update.startedAt().plus(EndpointDefaults.updateTimeout(situation.spec()));
  }

  /** How long the fleets that served before stay warm. */
  public static Instant terminationEnd(Situation situation, Update update) {
    return update.stepStartedAt().plus(EndpointDefaults.terminationWait(situation.spec()));
  }

  /** How long until the first pending timer; empty when only the world can change the plan. */
  public static Optional<Duration> lookAgain(
      Situation situation, RolloutState state, Leftovers leftovers) {
    Stream<Instant> ofTheUpdate =
        state.update().stream().flatMap(update -> ofUpdate(situation, state, update));
    return Stream.concat(ofTheUpdate, leftovers.timers())
        .filter(instant -> instant.isAfter(situation.now()))
        .min(Instant::compareTo)
        .map(instant -> Duration.between(situation.now(), instant));
  }

  private static Stream<Instant> ofUpdate(Situation situation, RolloutState state, Update update) {
    boolean creation = state.active().isEmpty();
    if (!update.isForward() || (situation.paused() && !creation)) {
      return Stream.empty();
    }
    Stream<Instant> bound = creation ? Stream.empty() : Stream.of(timeout(situation, update));
    Stream<Instant> ofStep =
        switch (update.step()) {
          case Provisioning -> startups(situation, state, update);
          case Baking -> Stream.of(bakeEnd(situation, update));
          case Shifting -> creation ? situation.reachableAt().stream() : Stream.empty();
          case Terminating, RollingBack -> Stream.empty();
        };
    return Stream.concat(bound, ofStep);
  }

  private static Stream<Instant> startups(Situation situation, RolloutState state, Update update) {
    if (state.stuck().isPresent() || update.step() != Step.Provisioning) {
      return Stream.empty();
    }
    return situation.revision(update.to().hash()).stream()
        .flatMap(
            revision ->
                new TargetFleets(situation, revision, state.active())
                    .deadlines(update.startedAt()));
  }
}

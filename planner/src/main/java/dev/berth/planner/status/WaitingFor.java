package dev.berth.planner.status;

import dev.berth.api.EndpointStatus.Step;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.rollout.Situation;
import dev.berth.planner.rollout.TargetFleets;
import dev.berth.planner.rollout.Timers;
import dev.berth.planner.rollout.Update;
import dev.berth.planner.route.RouteDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** In people's words: what has to happen before the next step. */
final class WaitingFor {
  private final Outcome outcome;
  private final Situation situation;

  private WaitingFor(Outcome outcome) {
    this.outcome = outcome;
    this.situation = outcome.situation();
  }

  static String words(Outcome outcome, Update update) {
    WaitingFor waiting = new WaitingFor(outcome);
    String step =
        switch (update.step()) {
          case Provisioning -> waiting.fleets(update);
          case Shifting -> waiting.way();
          case Baking -> "the bake to end at " + time(Timers.bakeEnd(outcome.situation(), update));
          case Terminating, RollingBack -> waiting.leftovers();
        };
    return isPaused(outcome, update) ? "spec.paused to end, then " + step : step;
  }

  /** A creation is never paused, and a way back is not held up. */
  static boolean isPaused(Outcome outcome, Update update) {
    return outcome.situation().paused()
        && outcome.state().active().isPresent()
        && update.step() != Step.RollingBack;
  }

  static String routers(RouteDelivery delivery) {
    if (delivery.liveRouters().isEmpty()) {
      return "a router: none is ready";
    }
    if (!delivery.isWritten()) {
      return "the route to be written";
    }
    return delivery.silentRouters().stream()
        .map(router -> "router " + router)
        .collect(Collectors.joining(", "));
  }

  /** To the routers' obedience, and for a first revision to the routers. */
  private String way() {
    if (!outcome.delivery().acknowledged()) {
      return routers(outcome.delivery());
    }
    return situation
        .reachableAt()
        .map(at -> "every node to know the way to the routers at " + time(at))
        .orElse("a router to be ready");
  }

  private String fleets(Update update) {
    return situation
        .revision(update.to().hash())
        .map(revision -> new TargetFleets(situation, revision, outcome.state().active()).missing())
        .filter(words -> !words.isEmpty())
        .orElse("EndpointConfig " + update.to().configName());
  }

  private String leftovers() {
    List<ObservedFleet> waiting =
        outcome.leftovers().all().stream()
            .filter(fleet -> !outcome.leftovers().removable(fleet))
            .toList();
    if (waiting.isEmpty()) {
      return fleetNames(outcome.leftovers().all()) + " to be gone";
    }
    if (!outcome.delivery().acknowledged()) {
      return routers(outcome.delivery());
    }
    Optional<Instant> last =
        waiting.stream()
            .flatMap(fleet -> outcome.leftovers().dueAt(fleet).stream())
            .max(Instant::compareTo);
    return last.map(due -> "%s to drain until %s".formatted(fleetNames(waiting), time(due)))
        .orElse(fleetNames(waiting) + " to be needed no more");
  }

  private static String fleetNames(List<ObservedFleet> fleets) {
    return fleets.stream()
        .map(ObservedFleet::name)
        .sorted()
        .collect(Collectors.joining(", ", "fleet ", ""));
  }

  private static String time(Instant instant) {
    return Conditions.time(instant);
  }
}

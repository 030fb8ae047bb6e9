package dev.berth.planner.status;

import dev.berth.api.Condition;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Step;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.condition.Judgement;
import dev.berth.planner.rollout.Acceptance;
import dev.berth.planner.rollout.Acceptance.Accepted;
import dev.berth.planner.rollout.Acceptance.Rejected;
import dev.berth.planner.rollout.Failure;
import dev.berth.planner.rollout.RevisionRef;
import dev.berth.planner.rollout.RolloutState;
import dev.berth.planner.rollout.Situation;
import dev.berth.planner.rollout.Update;
import dev.berth.planner.route.RouteDelivery;
import java.util.List;
import java.util.Optional;

/**
 * The four conditions of an Endpoint.
 *
 * <ul>
 *   <li>ConfigAccepted: what the spec names exists and nothing of a stranger's is in the way.
 *   <li>Serving: requests are answered now, by whatever revision: a router routes, and every
 *       variant with a positive weight has a ready replica.
 *   <li>Progressing: something is under way by itself. Unknown while it is paused.
 *   <li>Ready: Serving, and by what this generation of the spec asks for, with no update under way.
 *       So after {@code kubectl apply} of a new EndpointConfig, {@code kubectl wait
 *       --for=condition=Ready} reports the new one's success, never the old one's; whether clients
 *       are answered meanwhile is Serving's business.
 * </ul>
 */
final class EndpointConditions {
  static final String READY = "Ready";
  static final String SERVING = "Serving";
  static final String PROGRESSING = "Progressing";
  static final String CONFIG_ACCEPTED = "ConfigAccepted";

  private final Outcome outcome;
  private final Situation situation;
  private final RolloutState state;

  private EndpointConditions(Outcome outcome) {
    this.outcome = outcome;
    this.situation = outcome.situation();
    this.state = outcome.state();
  }

  static List<Condition> of(Outcome outcome) {
    EndpointConditions judge = new EndpointConditions(outcome);
    Situation situation = outcome.situation();
    Conditions conditions =
        new Conditions(
            situation.status().map(EndpointStatus::conditions).orElse(null),
            situation.generation(),
            situation.now());
    Judgement accepted = judge.configAccepted();
    Judgement serving = judge.serving();
    return List.of(
        conditions.of(READY, judge.ready(accepted, serving)),
        conditions.of(SERVING, serving),
        conditions.of(PROGRESSING, judge.progressing(accepted)),
        conditions.of(CONFIG_ACCEPTED, accepted));
  }

  private Judgement configAccepted() {
    Optional<Failure> nameTaken = Acceptance.endpointNameTaken(situation.view());
    return switch (situation.acceptance()) {
      case Rejected rejected -> no(rejected.failure());
      case Accepted _ when nameTaken.isPresent() -> no(nameTaken.get());
      case Accepted accepted -> OverrideNotes.judge(accepted.revision(), situation.overrides());
    };
  }

  private Judgement serving() {
    RouteDelivery delivery = outcome.delivery();
    if (delivery.written().isEmpty()) {
      return Judgement.no("NotRouted", "nothing is routed until the first revision is ready");
    }
    if (situation.view().readyRouters().isEmpty()) {
      return Judgement.no("NoRouter", "no router is ready to take requests");
    }
    if (!delivery.anyRouterServes()) {
      return Judgement.no("NotRouted", "no router has taken up the route yet");
    }
    List<FleetRoute> shares = situation.writtenRoute().filter(share -> share.weight() > 0).toList();
    if (shares.isEmpty()) {
      return Judgement.no("NoWeight", "no variant has a weight above 0");
    }
    List<String> down =
        shares.stream()
            .filter(
                share ->
                    situation.fleet(share.service()).filter(f -> f.readyReplicas() > 0).isEmpty())
            .map(FleetRoute::variant)
            .toList();
    return down.isEmpty()
        ? Judgement.yes("Serving", "every variant with traffic has a ready replica")
        : Judgement.no("NoReadyReplica", "no ready replica of variant " + String.join(", ", down));
  }

  private Judgement progressing(Judgement accepted) {
    if (state.stuck().isPresent()) {
      return no(state.stuck().get());
    }
    if (state.update().isPresent() && !isHeldUp(accepted)) {
      Update update = state.update().get();
      String waiting = "waiting for " + WaitingFor.words(outcome, update);
      return WaitingFor.isPaused(outcome, update)
          ? Judgement.unknown("Paused", waiting)
          : Judgement.yes(update.step().name(), waiting);
    }
    if (!accepted.isTrue()) {
      return Judgement.no(accepted.reason(), accepted.message());
    }
    if (!outcome.delivery().acknowledged()) {
      return Judgement.yes("Routing", "waiting for " + WaitingFor.routers(outcome.delivery()));
    }
    return updateFailed().orElseGet(() -> Judgement.no("Complete", "nothing is under way"));
  }

  private Judgement ready(Judgement accepted, Judgement serving) {
    if (!accepted.isTrue()) {
      return Judgement.no(accepted.reason(), accepted.message());
    }
    if (state.stuck().isPresent()) {
      return no(state.stuck().get());
    }
    if (state.update().isPresent()) {
      return underWay(state.update().get());
    }
    return updateFailed()
        .or(() -> serving.isTrue() ? Optional.empty() : Optional.of(serving))
        .orElseGet(() -> Judgement.yes("InService", "serves what the spec asks for"));
  }

  private Judgement underWay(Update update) {
    String reason =
        state.active().isEmpty()
            ? "Creating"
            : update.step() == Step.RollingBack ? "RollingBack" : "Updating";
    return Judgement.no(
        reason,
        "EndpointConfig %s: %s, waiting for %s"
            .formatted(update.to().configName(), update.step(), WaitingFor.words(outcome, update)));
  }

  /** The spec still asks for what was given up. */
  private Optional<Judgement> updateFailed() {
    return switch (situation.acceptance()) {
      case Rejected _ -> Optional.empty();
      case Accepted accepted ->
          state
              .givenUp()
              .filter(_ -> !serves(accepted.revision().hash()))
              .map(
                  failed ->
                      Judgement.no(
                          "UpdateFailed",
                          "%s: %s; EndpointConfig %s serves on"
                              .formatted(
                                  failed.failure().reason(),
                                  failed.failure().message(),
                                  state.active().map(RevisionRef::configName).orElse(""))));
    };
  }

  private boolean serves(String hash) {
    return state.active().filter(active -> active.hash().equals(hash)).isPresent();
  }

  /** A creation that cannot go on before what it needs is there. */
  private boolean isHeldUp(Judgement accepted) {
    return state.active().isEmpty() && !accepted.isTrue();
  }

  private static Judgement no(Failure failure) {
    return Judgement.no(failure.reason(), failure.message());
  }
}

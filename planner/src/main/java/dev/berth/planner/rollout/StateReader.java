package dev.berth.planner.rollout;

import dev.berth.api.Condition;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.LastFailure;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.api.EndpointStatus.UpdateStatus;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.revision.Revision;
import dev.berth.planner.rollout.Acceptance.Accepted;
import dev.berth.planner.rollout.Acceptance.Rejected;
import dev.berth.planner.rollout.RolloutState.GivenUp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads where an Endpoint stands from what was written down, and corrects it by what is there. */
final class StateReader {
  /** Kubernetes' name for a Deployment's held rollout is close: Progressing is Unknown. */
  static final String PROGRESSING = "Progressing";

  static final String PAUSED = "Paused";

  private final Situation situation;

  private StateReader(Situation situation) {
    this.situation = situation;
  }

  static RolloutState read(Situation situation) {
    return new StateReader(situation).read();
  }

  private RolloutState read() {
    Optional<EndpointStatus> status = situation.status();
    return new RolloutState(
        active(),
        status.map(EndpointStatus::previousEndpointConfigName),
        status.map(EndpointStatus::update).map(this::update),
        status.map(EndpointStatus::lastFailure).map(this::givenUp),
        status.filter(s -> s.phase() == Phase.Failed).flatMap(this::stuck));
  }

  /**
   * What status says, unless none of its fleets is left while the route leads to ready ones: then
   * status is older than the world, and the route is right. A creation whose route is on its way to
   * the routers is no such case, but one that was left for another revision is.
   */
  private Optional<RevisionRef> active() {
    Optional<EndpointStatus> status = situation.status();
    Optional<RevisionRef> said =
        status
            .filter(s -> s.revision() != null)
            .map(s -> ref(s.endpointConfigName(), s.revision()));
    if (said.isPresent()) {
      boolean gone = situation.fleetsOf(said.get().hash()).isEmpty();
      return gone ? routed().or(() -> said) : said;
    }
    Optional<String> creating = status.map(EndpointStatus::update).map(UpdateStatus::toRevision);
    return routed().filter(ref -> !creating.equals(Optional.of(ref.hash())) || !wanted(ref));
  }

  private boolean wanted(RevisionRef ref) {
    return switch (situation.acceptance()) {
      case Accepted accepted -> accepted.revision().hash().equals(ref.hash());
      case Rejected _ -> true;
    };
  }

  private Optional<RevisionRef> routed() {
    return situation
        .writtenRoute()
        .map(FleetRoute::revision)
        .distinct()
        .filter(situation::carries)
        .map(hash -> ref(configNameOf(hash), hash))
        .findFirst();
  }

  private String configNameOf(String hash) {
    return situation
        .revision(hash)
        .map(Revision::configName)
        .or(() -> situation.status().map(EndpointStatus::update).flatMap(u -> nameIn(u, hash)))
        .orElse("");
  }

  private static Optional<String> nameIn(UpdateStatus update, String hash) {
    return hash.equals(update.toRevision())
        ? Optional.ofNullable(update.to())
        : Optional.ofNullable(update.from()).filter(_ -> hash.equals(update.fromRevision()));
  }

  private Update update(UpdateStatus update) {
    Duration held = heldFor();
    return new Update(
        Optional.ofNullable(update.fromRevision()).map(hash -> ref(update.from(), hash)),
        ref(update.to(), update.toRevision()),
        update.step(),
        later(update.startedAt(), held),
        later(update.stepStartedAt(), held));
  }

  /** How long an update that has just been let go on was paused: that time does not count. */
  private Duration heldFor() {
    List<Condition> conditions =
        situation.status().map(EndpointStatus::conditions).orElse(List.of());
    return situation.paused()
        ? Duration.ZERO
        : Conditions.find(conditions, PROGRESSING)
            .filter(progressing -> PAUSED.equals(progressing.reason()))
            .map(paused -> instant(paused.lastTransitionTime()))
            .map(since -> Duration.between(since, situation.now()))
            .orElse(Duration.ZERO);
  }

  private Instant later(String time, Duration held) {
    Instant shifted = instant(time).plus(held);
    return shifted.isAfter(situation.now()) ? situation.now() : shifted;
  }

  private GivenUp givenUp(LastFailure failure) {
    return new GivenUp(
        ref(failure.endpointConfigName(), failure.revision()),
        Objects.requireNonNullElse(failure.generation(), 0L),
        new Failure(failure.reason(), failure.message()),
        instant(failure.time()));
  }

  /** A creation that has failed goes on failing until it is ready: its reason stands meanwhile. */
  private Optional<Failure> stuck(EndpointStatus status) {
    return Conditions.find(status.conditions(), PROGRESSING)
        .map(progressing -> new Failure(progressing.reason(), progressing.message()));
  }

  private static RevisionRef ref(String configName, String hash) {
    return new RevisionRef(Objects.requireNonNullElse(configName, ""), hash);
  }

  private static Instant instant(String time) {
    return Instant.parse(time);
  }
}

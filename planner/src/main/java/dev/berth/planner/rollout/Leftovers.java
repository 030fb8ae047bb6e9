package dev.berth.planner.rollout;

import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Step;
import dev.berth.api.EndpointStatus.UpdateStatus;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.route.RouteDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fleets that no revision of the plan needs, and when each may go: once every live router obeys a
 * route without it, and what was under way to it then has had its time.
 */
public record Leftovers(Situation situation, RolloutState state, RouteDelivery delivery) {
  /** A request that a router sent just before its word arrives well within this. */
  static final Duration DRAIN = Duration.ofSeconds(5);

  /** When to look again at what has not been written down yet. */
  private static final Duration RECORDING = Duration.ofSeconds(1);

  /** A router's clock that is further ahead than this is wrong, and not waited for. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(1);

  public List<ObservedFleet> all() {
    return situation.view().fleets().stream().filter(this::isLeftover).toList();
  }

  /** Whether a leftover fleet may go now. */
  public boolean removable(ObservedFleet fleet) {
    return dueAt(fleet).filter(due -> Timers.passed(due, situation.now())).isPresent();
  }

  /** When the leftovers that wait for nothing but the clock may go. */
  Stream<Instant> timers() {
    return all().stream().flatMap(fleet -> dueAt(fleet).stream());
  }

  /** When a leftover may go; empty while that depends on more than the clock. */
  public Optional<Instant> dueAt(ObservedFleet fleet) {
    if (delivery.nothingRouted()) {
      return Optional.of(situation.now());
    }
    if (delivery.leadsTo(fleet.name())) {
      return Optional.empty();
    }
    return delivery
        .acknowledgedAt()
        .filter(_ -> !isHeld(fleet))
        .map(word -> drained(word, situation.now()))
        .map(drained -> later(drained, warmUntil(fleet)))
        .map(due -> later(due, recorded()));
  }

  /** When what was under way at the routers' word has had its time. */
  public static Instant drained(Instant acknowledgedAt, Instant now) {
    return acknowledgedAt.isAfter(now.plus(MAX_SKEW)) ? now : acknowledgedAt.plus(DRAIN);
  }

  /**
   * Why a fleet goes is on record before it goes: whoever plans next, after a crash, must not have
   * to find out anew why an update failed from a fleet that is no more.
   */
  private Instant recorded() {
    Optional<UpdateStatus> record = situation.status().map(EndpointStatus::update);
    boolean onRecord =
        record.map(UpdateStatus::step).equals(state.update().map(Update::step))
            && record.map(UpdateStatus::toRevision).equals(state.update().map(u -> u.to().hash()));
    return onRecord ? Instant.MIN : situation.now().plus(RECORDING);
  }

  private boolean isLeftover(ObservedFleet fleet) {
    boolean active = isOf(fleet, state.active());
    boolean target =
        isOf(fleet, state.target())
            // What a missing reference holds up in the middle of a creation is waited for.
            || (state.active().isEmpty() && isOf(fleet, state.update().map(Update::to)));
    return !active && !target;
  }

  /** What served before stays while the update is paused, or while its successor is down. */
  private boolean isHeld(ObservedFleet fleet) {
    boolean successorIsDown =
        state.active().filter(active -> !situation.carries(active.hash())).isPresent();
    return (situation.paused() || successorIsDown) && servedBefore(fleet).isPresent();
  }

  private Instant warmUntil(ObservedFleet fleet) {
    return servedBefore(fleet)
        .map(update -> Timers.terminationEnd(situation, update))
        .orElse(Instant.MIN);
  }

  /** The update that is ending, if the fleet is what served before it. */
  private Optional<Update> servedBefore(ObservedFleet fleet) {
    return state
        .update()
        .filter(update -> update.step() == Step.Terminating)
        .filter(update -> isOf(fleet, update.from()));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static boolean isOf(ObservedFleet fleet, Optional<RevisionRef> ref) {
    return ref.filter(r -> r.hash().equals(fleet.revision())).isPresent();
  }
}

package dev.berth.planner.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * Where an Endpoint stands. All of it is read from status (and from the route, where status was
 * lost), and written there again.
 *
 * @param active the revision that serves and that a failed update goes back to; empty until the
 *     first is in service
 * @param previousConfigName the EndpointConfig that served before {@code active}
 * @param update the way that is being gone; empty in steady service
 * @param givenUp the last update that failed, until one succeeds
 * @param stuck why a creation does not come to an end; it goes on trying
 */
public record RolloutState(
    Optional<RevisionRef> active,
    Optional<String> previousConfigName,
    Optional<Update> update,
    Optional<GivenUp> givenUp,
    Optional<Failure> stuck) {

  /**
   * An update that failed.
   *
   * @param generation the Endpoint's generation then: another one is a new try
   */
  public record GivenUp(RevisionRef target, long generation, Failure failure, Instant time) {}

  RolloutState withUpdate(Update next) {
    return new RolloutState(active, previousConfigName, Optional.of(next), givenUp, stuck);
  }

  RolloutState withoutUpdate() {
    return new RolloutState(
        active, previousConfigName, Optional.empty(), givenUp, Optional.empty());
  }

  RolloutState withGivenUp(GivenUp failed) {
    return new RolloutState(active, previousConfigName, update, Optional.of(failed), stuck);
  }

  RolloutState withStuck(Optional<Failure> why) {
    return new RolloutState(active, previousConfigName, update, givenUp, why);
  }

  /** {@code next} serves from now on; an earlier failure is history. */
  RolloutState withActive(RevisionRef next) {
    Optional<String> before =
        active
            .map(RevisionRef::configName)
            .filter(name -> !name.isEmpty())
            .or(() -> previousConfigName);
    return new RolloutState(Optional.of(next), before, update, Optional.empty(), Optional.empty());
  }

  /** The same content under another EndpointConfig's name. */
  RolloutState renamed(String configName) {
    return new RolloutState(
        active.map(ref -> new RevisionRef(configName, ref.hash())),
        previousConfigName,
        update,
        givenUp,
        stuck);
  }

  /** The revision that a forward update leads to. */
  public Optional<RevisionRef> target() {
    return update.filter(Update::isForward).map(Update::to);
  }

  /** The revision that the routers are to obey; empty before the first is ready. */
  public Optional<RevisionRef> routed() {
    return update.filter(Update::isShifted).map(Update::to).or(() -> active);
  }
}

package dev.berth.router.proxy;

import dev.berth.router.table.LiveRoute;
import dev.berth.router.table.Routes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One request's waiting for a server, when its endpoint has none that works: looks again when the
 * table changes, and ever less often meanwhile, for ten seconds in all.
 */
final class Wait {
  enum Outcome {
    WAITING,
    NO_HOPE,
    FULL,
    /** There is a server, and it does not have the room. */
    CROWDED
  }

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final LoopCalls loop;
  private final long endNanos;
  private Optional<LiveRoute> queue = Optional.empty();
  private Optional<Routes> seen = Optional.empty();
  private boolean pausing;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long pauseEndNanos;

  Wait(LoopCalls loop, long startNanos) {
    this.loop = loop;
    this.endNanos = startNanos + LONGEST_NANOS;
  }

  /** Waits, if there is hope and room. A request that has its place keeps it. */
  Outcome enter(LiveRoute route) {
    if (!route.mayHope()) {
      return Outcome.NO_HOPE;
    }
    if (queue.isEmpty()) {
      if (!route.enterQueue()) {
        return Outcome.FULL;
      }
      queue = Optional.of(route);
      loop.metrics().waiting().increment();
    }
    pausing = true;
    pauseEndNanos = System.nanoTime() + pauseNanos;
    pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
    seen = Optional.of(loop.switchboard().routes());
    return Outcome.WAITING;
  }

  /** Whether it has waited long enough for nothing. */
  boolean over(long nowNanos) {
    return pausing && nowNanos - endNanos > 0;
  }

  /** Whether it is time to look again; then the pause is over. */
  boolean due(long nowNanos) {
    if (pausing
        && (nowNanos - pauseEndNanos > 0 || seen.orElseThrow() != loop.switchboard().routes())) {
      pausing = false;
      return true;
    }
    return false;
  }

  /** Gives its place back. */
  void leave() {
    queue.ifPresent(
        route -> {
          route.leaveQueue();
          loop.metrics().waiting().decrement();
        });
    queue = Optional.empty();
    pausing = false;
  }
}

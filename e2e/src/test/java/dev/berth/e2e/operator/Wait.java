package dev.berth.e2e.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition. */
final class Wait {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private Wait() {}

  /** A look that throws counts as "not yet"; the last such exception is the error's cause. */
  static void until(String what, Duration limit, BooleanSupplier look) {
    Instant end = Instant.now().plus(limit);
    RuntimeException last = null;
    while (Instant.now().isBefore(end)) {
      try {
        if (look.getAsBoolean()) {
          return;
        }
      } catch (RuntimeException e) {
        last = e;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new AssertionError(what + ": not within " + limit, last);
  }
}

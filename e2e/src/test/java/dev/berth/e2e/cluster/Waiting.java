package dev.berth.e2e.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition, and says what was there instead when it does not come. */
final class Waiting {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private Waiting() {}

  /** The first value that is {@code right}; a failed look counts as one that is not. */
  static <T> T until(String what, Duration limit, Supplier<T> look, Predicate<T> right) {
    Instant end = Instant.now().plus(limit);
    Object last = "nothing yet";
    while (Instant.now().isBefore(end)) {
      try {
        T seen = look.get();
        if (right.test(seen)) {
          return seen;
        }
        last = seen;
      } catch (RuntimeException e) {
        last = e;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new AssertionError("%s: not within %s; last seen: %s".formatted(what, limit, last));
  }

  static void until(String what, Duration limit, Supplier<Boolean> look) {
    until(what, limit, look, seen -> seen);
  }
}

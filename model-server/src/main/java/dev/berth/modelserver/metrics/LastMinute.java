package dev.berth.modelserver.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How much a counter grew in the last minute. Remembers what the counter said at the last looks, at
 * most one a second, so that a request pays nothing for it.
 *
 * <p>Whoever looks less than once a minute gets the mean growth a minute since the look before.
 */
final class LastMinute {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long APART = TimeUnit.SECONDS.toNanos(1);

  private final DoubleSupplier counter;
  private final LongSupplier nanoTime;
  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(long nanos, double count) {}

  /** The counter stands at nothing now. */
  LastMinute(DoubleSupplier counter, LongSupplier nanoTime) {
    this.counter = counter;
    this.nanoTime = nanoTime;
    looks.add(new Look(nanoTime.getAsLong(), 0));
  }

  synchronized double count() {
    Look now = look();
    Look since = looks.removeFirst();
    while (!looks.isEmpty() && now.nanos - looks.getFirst().nanos >= MINUTE) {
      since = looks.removeFirst();
    }
    looks.addFirst(since);
    if (now.nanos - looks.getLast().nanos >= APART) {
      looks.addLast(now);
    }
    double minutes = Math.max(1, (double) (now.nanos - since.nanos) / MINUTE);
    return (now.count - since.count) / minutes;
  }

  private Look look() {
    return new Look(nanoTime.getAsLong(), counter.getAsDouble());
  }
}

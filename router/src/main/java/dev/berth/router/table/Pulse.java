package dev.berth.router.table;

import java.util.concurrent.TimeUnit;

/**
 * When a thread that should come round again and again last did. A router whose table is looked
 * after no more would serve its last one for ever, and hold up all that waits for its word.
 */
public final class Pulse {
  /** Many times what any round takes, on a machine of any load. */
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private volatile long lastNanos;

  public Pulse(long nowNanos) {
    lastNanos = nowNanos;
  }

  public void beat(long nowNanos) {
    lastNanos = nowNanos;
  }

  /** Whether it came round within the last minute; times are those of System.nanoTime. */
  public boolean beats(long nowNanos) {
    return nowNanos - lastNanos < LONGEST_NANOS;
  }
}

package dev.berth.serving.http;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all large request bodies of a server hold together, and its bound. */
public final class HeldBytes {
  private final long bound;
  private final AtomicLong held = new AtomicLong();

  /** None yet. */
  public HeldBytes(long bound) {
    this.bound = bound;
  }

  /** Takes {@code bytes} more; false, and nothing taken, when that would pass the bound. */
  public boolean take(long bytes) {
    if (held.addAndGet(bytes) <= bound) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  /** Takes {@code bytes} more, though that may pass the bound. */
  public void takeAnyway(long bytes) {
    held.addAndGet(bytes);
  }

  /** What was taken is free again. */
  public void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }
}

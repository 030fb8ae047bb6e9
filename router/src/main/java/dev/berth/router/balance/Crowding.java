package dev.berth.router.balance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a server has no room for. When it has refused a request, 429, then for {@value #HOLD_MILLIS}
 * ms it would refuse others of its kind that are as large or larger: to send it these costs both
 * sides their bodies, and takes from it the time to answer what it has let in. Smaller ones and
 * others go there as ever, and when the time is over, the next one finds out anew.
 *
 * <p>The time is short beside what waits on a server that refuses (a hundred requests), so that
 * none runs dry meanwhile. Safe for many threads; asking is one read while there is room.
 */
public final class Crowding {
  static final int HOLD_MILLIS = 5;

  /** A request below this says nothing about others by its size: what it asks for is expensive. */
  public static final int LEAST_BYTES = 4 << 10;

  private record Refused(Burden least, long endNanos) {}

  private final LongSupplier nanoTime;
  private volatile Refused refused;

  /**
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  Crowding(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.refused = new Refused(new Burden("", Long.MAX_VALUE), nanoTime.getAsLong());
  }

  /** The server has refused a request for want of room. */
  public void refused(Burden burden) {
    if (burden.bytes() < LEAST_BYTES) {
      return;
    }
    long now = nanoTime.getAsLong();
    Refused before = refused;
    boolean smaller = before.endNanos() - now > 0 && before.least().kind().equals(burden.kind());
    long bytes = smaller ? Math.min(before.least().bytes(), burden.bytes()) : burden.bytes();
    refused =
        new Refused(
            new Burden(burden.kind(), bytes), now + TimeUnit.MILLISECONDS.toNanos(HOLD_MILLIS));
  }

  /** Whether it has just refused one like this. */
  public boolean refuses(Burden burden) {
    Refused last = refused;
    return burden.bytes() >= last.least().bytes()
        && last.least().kind().equals(burden.kind())
        && last.endNanos() - nanoTime.getAsLong() > 0;
  }
}

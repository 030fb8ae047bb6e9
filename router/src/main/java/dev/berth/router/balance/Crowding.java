package dev.berth.router.balance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a server has no room for. When it has refused a request, 429, then as many of ours as were
 * on it are what it has room for: for {@value #HOLD_MILLIS} ms another of this kind that is as
 * large or larger goes there only when one of those has been answered. It would be refused
 * otherwise: that costs both sides its body, and takes from the server the time to answer what it
 * has let in. Smaller ones and other kinds go there as ever, and when the time is over, the next
 * one finds out anew.
 *
 * <p>What is answered makes room, so that no server runs dry meanwhile, however fast it is. Safe
 * for many threads; asking is one read while there is room.
 */
public final class Crowding {
  static final int HOLD_MILLIS = 20;

  /** A request below this says nothing about others by its size: what it asks for is expensive. */
  public static final int LEAST_BYTES = 4 << 10;

  private record Refused(Burden least, int room, long endNanos) {}

  private final LongSupplier nanoTime;
  private volatile Refused refused;

  /**
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  Crowding(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.refused = new Refused(new Burden("", Long.MAX_VALUE), 0, nanoTime.getAsLong());
  }

  /**
   * The server has refused a request for want of room.
   *
   * @param outstanding how many others of ours were on it
   */
  void refused(Burden burden, int outstanding) {
    if (burden.bytes() < LEAST_BYTES) {
      return;
    }
    long now = nanoTime.getAsLong();
    Refused before = refused;
    boolean smaller = before.endNanos() - now > 0 && before.least().kind().equals(burden.kind());
    long bytes = smaller ? Math.min(before.least().bytes(), burden.bytes()) : burden.bytes();
    refused =
        new Refused(
            new Burden(burden.kind(), bytes),
            outstanding,
            now + TimeUnit.MILLISECONDS.toNanos(HOLD_MILLIS));
  }

  /**
   * Whether it has just refused one like this, and none has been answered since.
   *
   * @param outstanding how many of ours are on it
   */
  boolean refuses(Burden burden, int outstanding) {
    Refused last = refused;
    return burden.bytes() >= last.least().bytes()
        && outstanding >= last.room()
        && last.least().kind().equals(burden.kind())
        && last.endNanos() - nanoTime.getAsLong() > 0;
  }
}

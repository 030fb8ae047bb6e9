package dev.berth.router.health;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One server's health. Safe for many threads; asking is one read while all is well.
 *
 * <p>{@value #FAILURES} failures in a row eject it for a second; when that is over, one request is
 * let through, and its failure ejects for twice as long, up to half a minute. A success heals.
 */
public final class BackendHealth {
  static final int FAILURES = 3;
  static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanoTime;
  private volatile boolean fit = true;
  private volatile int failures;
  private boolean onProbation;
  private long ejectedUntil;
  private long nextNanos = FIRST_NANOS;

  /**
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  public BackendHealth(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether nothing is held against it. */
  public boolean fit() {
    return fit;
  }

  /**
   * Whether a request may go there: always when fit; once, for whoever asks first, when an ejection
   * is over. That one request decides, and while it is under way others are sent elsewhere.
   */
  public boolean admits() {
    return fit || admitsProbe();
  }

  /** A request was answered. */
  public void succeeded() {
    if (!fit || failures != 0) {
      heal();
    }
  }

  /**
   * A request failed for a reason that lies with the server.
   *
   * @return whether that ejected it
   */
  public synchronized boolean failed() {
    if (fit) {
      int inARow = failures + 1;
      failures = inARow;
      return inARow >= FAILURES && eject();
    }
    // Ejected already: only the request let through on probation says something new.
    return onProbation && eject();
  }

  private synchronized boolean admitsProbe() {
    long now = nanoTime.getAsLong();
    if (now - ejectedUntil < 0) {
      return false;
    }
    onProbation = true;
    ejectedUntil = now + FIRST_NANOS;
    return true;
  }

  private synchronized void heal() {
    failures = 0;
    nextNanos = FIRST_NANOS;
    onProbation = false;
    fit = true;
  }

  private boolean eject() {
    fit = false;
    onProbation = false;
    ejectedUntil = nanoTime.getAsLong() + nextNanos;
    nextNanos = Math.min(nextNanos * 2, LONGEST_NANOS);
    return true;
  }
}

package dev.berth.modelserver.invoke;

/**
 * How much work waits for threads, and whether more may: bounded by the time that it takes to work
 * off, and by number. Time is what a client notices, and it is the same bound for large requests
 * and small ones, on one core and on many, by day and when a neighbour takes half of the machine;
 * the number bounds the memory of the bodies that wait.
 *
 * <p>What work takes is told from its cost, an upper bound in nanoseconds that comes from its size,
 * and from what costs have turned out to be lately. Safe for many threads.
 */
final class Backlog {
  /** The cost of work whose size is not known before it is begun: taken for an average. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final int WAITING_PER_THREAD = 100;

  /** What was seen counts for less with each that follows: the last 32 make most of it. */
  private static final double FADING = 31.0 / 32;

  private final int threads;
  private final double limitNanos;
  private int unfinished;
  private double waitingNanos;
  private double costs = 1;
  private double nanosOfCosts = 1;
  private double finished = 1;
  private double nanosOfFinished;

  /**
   * Nothing waits.
   *
   * @param limitNanos how long work may wait for others to be begun before it, when all threads
   *     take from the queue
   */
  Backlog(int threads, long limitNanos) {
    this.threads = threads;
    this.limitNanos = limitNanos;
  }

  /**
   * Whether more work has to be refused. What takes longer than the limit by itself may also wait
   * for as long as it takes: to refuse it because one other of its kind is before it would be to
   * refuse it nearly always.
   */
  synchronized boolean refuses(long cost) {
    return unfinished >= threads * (1 + WAITING_PER_THREAD)
        || waitingNanos / threads > Math.max(limitNanos, nanosOf(cost));
  }

  /**
   * Adds work, unless it has to be refused.
   *
   * @return what it is expected to take, for {@link #begun}; negative when it is refused
   */
  synchronized double add(long cost) {
    if (refuses(cost)) {
      return -1;
    }
    double expected = nanosOf(cost);
    unfinished++;
    waitingNanos += expected;
    return expected;
  }

  /** Work waits no more. */
  synchronized void begun(double expectedNanos) {
    // What is added and taken away again in fractions leaves a trace, but never a debt.
    waitingNanos = Math.max(0, waitingNanos - expectedNanos);
  }

  /** Work is done, after so long on its thread. */
  synchronized void finished(long cost, long nanos) {
    unfinished--;
    finished = finished * FADING + 1;
    nanosOfFinished = nanosOfFinished * FADING + nanos;
    if (cost != UNKNOWN) {
      costs = costs * FADING + cost;
      nanosOfCosts = nanosOfCosts * FADING + nanos;
    }
  }

  private double nanosOf(long cost) {
    return cost == UNKNOWN ? nanosOfFinished / finished : cost * (nanosOfCosts / costs);
  }
}

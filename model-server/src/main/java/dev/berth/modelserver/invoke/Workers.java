package dev.berth.modelserver.invoke;

import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.serving.http.Answer;
import dev.berth.serving.wire.ErrorCode;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Threads for requests that would hold up an event loop: as many as there are cores, and a bounded
 * queue before them.
 */
public final class Workers implements AutoCloseable {
  private static final int QUEUE = 100;

  private final ExecutorService threads;
  private final Semaphore places;
  private final ServerMetrics metrics;

  /**
   * Starts the threads.
   *
   * @param count how many
   */
  public Workers(int count, ServerMetrics metrics) {
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().name("predict-", 0).daemon().factory());
    this.places = new Semaphore(count + QUEUE);
    this.metrics = metrics;
  }

  /**
   * An answer made by one of the threads; throws {@link Refusal}, 429, when too many wait already.
   */
  Answer later(Callable<Answer.Whole> work) {
    if (!places.tryAcquire()) {
      throw new Refusal(
          ErrorCode.NOT_READY,
          "too many expensive requests are waiting: try again, or send fewer rows in one");
    }
    metrics.queued(1);
    metrics.inFlight(1);
    return Answer.later(
        threads,
        () -> {
          // It waits no more: from here on it counts as one that is being answered.
          metrics.inFlight(-1);
          try {
            return work.call();
          } finally {
            places.release();
            metrics.queued(-1);
          }
        });
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}

package dev.berth.modelserver.invoke;

import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.serving.http.Answer;
import dev.berth.serving.wire.ErrorCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Threads for requests that would hold up an event loop: as many as there are cores, and a bounded
 * queue before them.
 */
public final class Workers implements AutoCloseable {
  private static final int QUEUE = 100;

  /**
   * What an event loop may spend on one request, in nanoseconds that it takes at the most: bounds
   * of what a body may be are several times what bodies are.
   */
  private static final long CHEAP_NANOS = 400_000;

  /** What a byte of a body takes to read. */
  private static final int NANOS_A_BYTE = 3;

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
   * Whether a request may be answered on an event loop.
   *
   * @param cost the most that its rows may take to predict, in nanoseconds
   * @param bodyBytes how much of it there is to read
   */
  public static boolean isCheap(long cost, int bodyBytes) {
    return cost <= CHEAP_NANOS - (long) NANOS_A_BYTE * bodyBytes;
  }

  /**
   * An answer made by one of the threads; throws {@link Refusal}, 429, when too many wait already.
   */
  Answer later(Callable<Answer.Whole> work) {
    return Answer.later(threads, placed(work));
  }

  /** The refusal, 429, that work would get now; empty when there is a place. */
  Optional<Refusal> refusal() {
    return places.availablePermits() > 0 ? Optional.empty() : Optional.of(refused());
  }

  /** The threads, for work that has a place. */
  public Executor threads() {
    return threads;
  }

  /**
   * Work with a place in the queue, which it gives back when it has run: hand it to {@link
   * #threads}. Throws {@link Refusal}, 429, when too many wait already.
   */
  public <T> Callable<T> placed(Callable<T> work) {
    if (!places.tryAcquire()) {
      throw refused();
    }
    metrics.queued(1);
    metrics.inFlight(1);
    return () -> {
      // It waits no more: from here on it counts as one that is being answered.
      metrics.inFlight(-1);
      try {
        return work.call();
      } finally {
        places.release();
        metrics.queued(-1);
      }
    };
  }

  private static Refusal refused() {
    return new Refusal(
        ErrorCode.NOT_READY,
        "too many expensive requests are waiting: try again, or send fewer rows in one");
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}

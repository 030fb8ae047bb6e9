package dev.berth.serving.http;

import io.netty.channel.ChannelHandlerContext;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks now and then whether a connection has stalled. One timer for its whole life: a deadline
 * that moves with every request must cost nothing.
 */
final class Patience {
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ChannelHandlerContext context;
  private final long nanos;
  private final Supplier<OptionalLong> deadline;
  private final Runnable over;
  private Future<?> next;

  /**
   * Begins to look.
   *
   * @param nanos how long a connection may keep us waiting
   * @param deadline when it must have done its part, by the clock of {@code System.nanoTime}; empty
   *     when it is not its turn
   * @param over told when it has not
   */
  Patience(
      ChannelHandlerContext context, long nanos, Supplier<OptionalLong> deadline, Runnable over) {
    this.context = context;
    this.nanos = nanos;
    this.deadline = deadline;
    this.over = over;
    later(nanos);
  }

  void end() {
    next.cancel(false);
  }

  private void check() {
    OptionalLong end = deadline.get();
    long left = end.isPresent() ? end.getAsLong() - System.nanoTime() : nanos;
    if (left <= 0) {
      over.run();
      left = nanos;
    }
    if (context.channel().isOpen()) {
      later(left);
    }
  }

  private void later(long delayNanos) {
    next =
        context
            .executor()
            .schedule(this::check, Math.max(delayNanos, SHORTEST_NANOS), TimeUnit.NANOSECONDS);
  }
}

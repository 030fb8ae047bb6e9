package dev.berth.serving.http;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps those who are refused, 429, from taking the time of those who are not. A refusal is cheap,
 * but clients that ask again as soon as they have it, whatever Retry-After says, would get tens of
 * thousands a second, and the threads that make answers nothing. So an event loop sends no more
 * than {@value #AT_ONCE} in {@value #TICK_MILLIS} ms: one that comes beyond is held back, in turn,
 * and its connection is not read meanwhile. Nobody is held for longer than Retry-After would have
 * had him wait, a second: a router may have another server to go to.
 *
 * <p>Lives on one event loop.
 */
// The timer's future is of no use: it ends with its event loop.
@SuppressWarnings("FutureReturnValueIgnored")
final class RefusalPace {
  static final int AT_ONCE = 10;
  static final int TICK_MILLIS = 5;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Held(Exchange exchange, Answer.Whole refusal, long endNanos) {}

  private final Queue<Held> held = new ArrayDeque<>();
  private int left = AT_ONCE;
  private boolean ticking;

  /** Answers now or when it is its turn. */
  void answer(Exchange exchange, Answer.Whole refusal) {
    if (!ticking) {
      tickLater(exchange.eventLoop());
    }
    if (left > 0) {
      left--;
      exchange.answer(refusal);
    } else {
      held.add(new Held(exchange, refusal, System.nanoTime() + LONGEST_NANOS));
    }
  }

  private void tick(EventLoop loop) {
    ticking = false;
    left = AT_ONCE;
    long now = System.nanoTime();
    while (!held.isEmpty() && (left > 0 || now - held.element().endNanos() > 0)) {
      Held next = held.remove();
      // Who has left takes nobody's turn.
      if (!next.exchange().started()) {
        left--;
      }
      next.exchange().answer(next.refusal());
    }
    if (left < AT_ONCE && !ticking) {
      tickLater(loop);
    }
  }

  private void tickLater(EventLoop loop) {
    ticking = true;
    loop.schedule(() -> tick(loop), TICK_MILLIS, TimeUnit.MILLISECONDS);
  }
}

package dev.berth.router.proxy;

import dev.berth.router.balance.Fleet;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.table.Switchboard;
import dev.berth.serving.http.HeldBytes;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All calls of one event loop, and the one timer that looks after their deadlines, those who wait
 * for a server, and idle connections. A timer of its own for each call would cost more than the
 * rest of it.
 */
// The timer's future is of no use: it ends with its event loop.
@SuppressWarnings("FutureReturnValueIgnored")
final class LoopCalls {
  private static final long TICK_MILLIS = 20;

  private final UpstreamPool pool;
  private final Switchboard switchboard;
  private final RouterMetrics metrics;
  private final HeldBytes room;
  private final List<Call> calls = new ArrayList<>();
  private boolean ticking;

  /**
   * @param room what request bodies may keep in case they are needed once more
   */
  LoopCalls(UpstreamPool pool, Switchboard switchboard, RouterMetrics metrics, HeldBytes room) {
    this.pool = pool;
    this.switchboard = switchboard;
    this.metrics = metrics;
    this.room = room;
  }

  UpstreamPool pool() {
    return pool;
  }

  Switchboard switchboard() {
    return switchboard;
  }

  RouterMetrics metrics() {
    return metrics;
  }

  HeldBytes room() {
    return room;
  }

  void begin(Call call) {
    call.place(calls.size());
    calls.add(call);
    if (!ticking) {
      ticking = true;
      tickLater(call.eventLoop());
    }
    call.begin();
  }

  /** Counts an answer where it belongs: to the fleet that was drawn, if one was. */
  void count(Optional<Fleet> fleet, int code, long nanos) {
    fleet.ifPresentOrElse(
        drawn -> drawn.meter().answered(code, nanos), () -> metrics.refused(code));
  }

  void end(Call call) {
    Call last = calls.removeLast();
    if (last != call) {
      calls.set(call.place(), last);
      last.place(call.place());
    }
  }

  private void tick(EventLoop loop) {
    long now = System.nanoTime();
    // Backwards: a call that ends is replaced by the last one, which has had its turn.
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (i < calls.size()) {
        calls.get(i).tick(now);
      }
    }
    pool.closeStale(now);
    if (calls.isEmpty() && pool.isEmpty()) {
      ticking = false;
    } else {
      tickLater(loop);
    }
  }

  private void tickLater(EventLoop loop) {
    loop.schedule(() -> tick(loop), TICK_MILLIS, TimeUnit.MILLISECONDS);
  }
}

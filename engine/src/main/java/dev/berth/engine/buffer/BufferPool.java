package dev.berth.engine.buffer;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Idle buffers, about one a core. Not thread-locals: a virtual thread is new for each request, and
 * what a model's buffers hold must go when the model goes.
 */
public final class BufferPool<T> {
  /** Places lie this far apart, so that cores do not fight for a cache line. */
  private static final int SPREAD = 32;

  private static final int PLACES =
      Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 64)) * 2;

  private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(PLACES * SPREAD);
  private final Supplier<T> maker;

  /** An empty pool. */
  public BufferPool(Supplier<T> maker) {
    this.maker = maker;
  }

  /** A buffer for the caller alone, a new one when none is idle. */
  public T borrow() {
    int home = home();
    for (int i = 0; i < PLACES; i++) {
      int place = place(home, i);
      if (idle.getPlain(place) != null) {
        T buffer = idle.getAndSet(place, null);
        if (buffer != null) {
          return buffer;
        }
      }
    }
    return maker.get();
  }

  /**
   * Takes a borrowed buffer back. Who fails half way need not: the buffer is garbage then, and may
   * be in any state.
   */
  public void giveBack(T buffer) {
    int home = home();
    for (int i = 0; i < PLACES; i++) {
      int place = place(home, i);
      if (idle.getPlain(place) == null && idle.compareAndSet(place, null, buffer)) {
        return;
      }
    }
  }

  private static int home() {
    return (int) Thread.currentThread().threadId();
  }

  private static int place(int home, int step) {
    return ((home + step) & (PLACES - 1)) * SPREAD;
  }
}

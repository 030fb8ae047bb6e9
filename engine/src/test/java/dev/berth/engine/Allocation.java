package dev.berth.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a thread takes from the heap. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 20;

  private Allocation() {}

  /**
   * Bytes of the round that took least: what the work itself allocates it allocates every time, but
   * a class is loaded and a call site linked only once.
   */
  static long least(Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS && least > 0; i++) {
      least = Math.min(least, once(work));
    }
    return least;
  }

  static long once(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}

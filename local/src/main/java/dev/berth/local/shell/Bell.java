package dev.berth.local.shell;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes the shell's thread; rings while it is busy are kept, as one. */
final class Bell {
  private final Semaphore rings = new Semaphore(0);
  private final AtomicBoolean folder = new AtomicBoolean(true);

  void ring() {
    rings.release();
  }

  void folderChanged() {
    folder.set(true);
    ring();
  }

  /** Whether the folder is to be read; true once a change. */
  boolean takeFolderChange() {
    return folder.getAndSet(false);
  }

  /** Waits for a ring, at most so long. */
  void await(Duration limit) throws InterruptedException {
    if (rings.tryAcquire(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)) {
      rings.drainPermits();
    }
  }
}

package dev.berth.modelserver.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends a download that has stopped coming: the JDK's HTTP client waits for a body for ever. */
final class StallGuard extends FilterInputStream {
  private final Duration patience;
  private final Runnable whenClosed;
  private final Thread watch;
  private volatile long lastReadNanos = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration patience, Runnable whenClosed) {
    super(in);
    this.patience = patience;
    this.whenClosed = whenClosed;
    this.watch = Thread.ofVirtual().name("artifact-stall-guard").start(this::watch);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    try {
      int count = super.read(into, from, length);
      lastReadNanos = System.nanoTime();
      return count;
    } catch (IOException e) {
      throw stalled ? new IOException("nothing came for " + patience.toSeconds() + " s", e) : e;
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    try {
      super.close();
    } finally {
      whenClosed.run();
    }
  }

  private void watch() {
    try {
      while (true) {
        long left = patience.toNanos() - (System.nanoTime() - lastReadNanos);
        if (left <= 0) {
          stalled = true;
          super.close();
          return;
        }
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException _) {
      // Closed by the reader: nothing is left to guard.
    } catch (IOException e) {
      stalled = true;
    }
  }
}

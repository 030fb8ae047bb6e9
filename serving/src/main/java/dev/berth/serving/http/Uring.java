package dev.berth.serving.http;

import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Linux's io_uring: what a loop wants to send and receive goes to the kernel in one call instead of
 * one for each.
 */
final class Uring {
  static final String NAME = "io_uring";

  /** From here on a thread that waits in io_uring need not count as one that waits for a disk. */
  private static final int LEAST_MAJOR = 6;

  private static final int LEAST_MINOR = 15;

  private static final String NO_IO_WAIT = "io.netty.iouring.enterNoIoWaitEnabled";

  static {
    if (System.getProperty(NO_IO_WAIT) == null) {
      System.setProperty(NO_IO_WAIT, "true");
    }
  }

  private Uring() {}

  /**
   * Whether to use it unasked: on kernels that are recent enough, and where nobody filters this
   * process's system calls. Containers' runtimes do, and forbid this one.
   */
  static boolean isWise() {
    return isRecent(System.getProperty("os.name"), System.getProperty("os.version"))
        && isUnfiltered(Path.of("/proc/self/status"))
        && IoUring.isAvailable();
  }

  /** Null if it works here. */
  static Throwable whyNot() {
    return IoUring.unavailabilityCause();
  }

  static Transport transport() {
    return new Transport(
        NAME,
        LateIoHandler.factory(IoUringIoHandler.newFactory(), IoUringIoHandle.class),
        IoUringServerSocketChannel::new,
        IoUringSocketChannel::new);
  }

  static boolean isRecent(String system, String version) {
    String[] parts = version.split("[^0-9]", 3);
    try {
      int major = Integer.parseInt(parts[0]);
      int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      return system.equals("Linux")
          && (major > LEAST_MAJOR || (major == LEAST_MAJOR && minor >= LEAST_MINOR));
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** Whether a process, by its status in /proc, may make every system call. */
  static boolean isUnfiltered(Path status) {
    try (var lines = Files.lines(status)) {
      return lines.anyMatch(line -> line.startsWith("Seccomp:") && line.endsWith("\t0"));
    } catch (IOException _) {
      return false;
    }
  }
}

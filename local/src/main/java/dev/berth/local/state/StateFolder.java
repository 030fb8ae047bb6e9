package dev.berth.local.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one shell: {@code resources}, {@code routes.json} and {@code logs} last; {@code
 * run} and {@code mounts} are emptied at each start.
 */
public final class StateFolder implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private StateFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Opens it for one shell alone, readable by its owner alone.
   *
   * @return empty when another shell has it
   */
  public static Optional<StateFolder> open(Path root) throws IOException {
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    StateFolder folder = new StateFolder(root, channel);
    empty(folder.run());
    empty(folder.mounts());
    return Optional.of(folder);
  }

  public static Path resources(Path root) {
    return root.resolve("resources");
  }

  public Path resources() {
    return resources(root);
  }

  public Path routes() {
    return root.resolve("routes.json");
  }

  /** The router's table. */
  public Path table() {
    return root.resolve("table.json");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** Configurations, ports and last words of processes. */
  public Path run() {
    return root.resolve("run");
  }

  /** Files that came out of ConfigMaps and Secrets. */
  public Path mounts() {
    return root.resolve("mounts");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}

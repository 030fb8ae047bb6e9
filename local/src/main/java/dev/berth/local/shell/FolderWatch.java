package dev.berth.local.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Notices edits by looking: names, times and sizes of a folder's files. The JDK's own watch needs
 * up to ten seconds on macOS and loses editors that replace the file; a look at a folder of
 * manifests costs less than a millisecond.
 */
final class FolderWatch {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Path folder;
  private final Runnable changed;

  /**
   * @param folder or a single file
   * @param changed told after an edit, once nothing has moved for a moment
   */
  FolderWatch(Path folder, Runnable changed) {
    this.folder = folder;
    this.changed = changed;
  }

  /** Looks until its thread is interrupted. */
  void run() {
    Map<Path, String> told = look();
    Map<Path, String> before = told;
    try {
      while (true) {
        Thread.sleep(EVERY);
        Map<Path, String> now = look();
        // Two equal looks: an editor that writes in steps has finished.
        if (now.equals(before) && !now.equals(told)) {
          told = now;
          changed.run();
        }
        before = now;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<Path, String> look() {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      for (Path file : found.toList()) {
        mark(file, files);
      }
    } catch (IOException e) {
      // The folder itself is away: that too is a change, and the reading says so in words.
      files.put(folder, e.toString());
    }
    return files;
  }

  private static void mark(Path file, Map<Path, String> files) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        files.put(file, attributes.lastModifiedTime() + " " + attributes.size());
      }
    } catch (NoSuchFileException _) {
      // Gone between the listing and the look.
    }
  }
}

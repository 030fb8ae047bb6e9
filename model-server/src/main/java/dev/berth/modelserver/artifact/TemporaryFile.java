package dev.berth.modelserver.artifact;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Files that live until a model is loaded. */
final class TemporaryFile {
  private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
      PosixFilePermissions.asFileAttribute(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  /**
   * A new, empty file that nobody else may read. Its name may be guessed, which helps nobody: it is
   * new or there is another. The JDK's own names set up a secure generator, 10 ms of a start.
   */
  static Path create(String prefix) throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    while (true) {
      String random = Long.toUnsignedString(ThreadLocalRandom.current().nextLong());
      try {
        return Files.createFile(folder.resolve(prefix + random), OURS_ALONE);
      } catch (FileAlreadyExistsException _) {
        // Another name, then.
      }
    }
  }

  private TemporaryFile() {}
}

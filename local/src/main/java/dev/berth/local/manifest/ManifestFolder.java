package dev.berth.local.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads a folder of manifests. */
public final class ManifestFolder {

  private ManifestFolder() {}

  /**
   * Reads every {@code *.yaml}, {@code *.yml} and {@code *.json} of a folder (not of folders in
   * it), or one such file, and validates what it finds.
   *
   * @param path the folder or file
   * @param previous what stands so far: immutable fields are judged against it, and it stands in
   *     for documents that are invalid now
   * @throws IOException when the folder itself cannot be listed; a file in it that cannot be read
   *     is a {@link Problem}
   */
  public static Manifests read(Path path, Manifests previous) throws IOException {
    Reading reading = new Reading(previous);
    for (Path file : files(path)) {
      reading.add(file);
    }
    return reading.result();
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(ManifestFile::isManifest)
          .sorted()
          .toList();
    }
  }
}

package dev.berth.modelserver.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model's file that is here; closing it deletes the file.
 *
 * @param file the model itself, out of its archive
 * @param sha256 of the bytes at the URI, lower case hexadecimal
 * @param sizeBytes of the bytes at the URI
 */
public record FetchedArtifact(Path file, String sha256, long sizeBytes) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}

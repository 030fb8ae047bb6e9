package dev.berth.modelserver.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's file that is here; closing it deletes the file.
 *
 * @param file the model itself, out of its archive
 * @param knownSha256 of the bytes at the URI, lower case hexadecimal; empty if nobody has needed it
 *     yet, and then the file holds those very bytes
 * @param sizeBytes of the bytes at the URI
 */
public record FetchedArtifact(Path file, Optional<String> knownSha256, long sizeBytes)
    implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FetchedArtifact.class);

  /**
   * The SHA-256 of the bytes at the URI, lower case hexadecimal; reads the file if it is not known.
   */
  public String sha256() throws IOException {
    return knownSha256.isPresent() ? knownSha256.get() : Sha256.of(file);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("{} cannot be deleted", file, e);
    }
  }
}

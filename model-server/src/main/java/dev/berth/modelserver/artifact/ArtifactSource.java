package dev.berth.modelserver.artifact;

import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of an artifact come from; each {@link #open} asks anew. */
sealed interface ArtifactSource permits FileSource, HttpSource, S3Source {
  /** The bytes of an artifact, with its length when that is known beforehand, else -1. */
  record Opened(InputStream bytes, long length) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  /**
   * Throws a {@link LoadFailure} where the cause is clear and an IOException where it is the
   * network or the disk.
   */
  Opened open() throws LoadFailure, IOException, InterruptedException;

  /** The URI as a message may show it: without query and user, which may be secrets. */
  String shown();
}

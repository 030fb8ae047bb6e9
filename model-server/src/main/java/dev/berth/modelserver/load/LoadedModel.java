package dev.berth.modelserver.load;

import dev.berth.modelserver.artifact.FetchedArtifact;
import dev.berth.modelserver.failure.FailureReason;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.model.ServedModel;
import java.io.IOException;

/**
 * A model that may answer, and the file that it came from, which goes when this is closed.
 *
 * @param seconds how long it took to fetch, read and check it
 */
public record LoadedModel(ServedModel model, FetchedArtifact artifact, double seconds)
    implements AutoCloseable {

  /** The model, with its artifact's checksum among its facts. */
  public ServedModel identified() throws LoadFailure {
    try {
      return model.withSha256(artifact.sha256());
    } catch (IOException e) {
      LoadFailure failure =
          new LoadFailure(
              FailureReason.ArtifactUnavailable, "the fetched file cannot be read again", e);
      throw failure.ofModel(model.facts().name());
    }
  }

  @Override
  public void close() {
    artifact.close();
  }
}

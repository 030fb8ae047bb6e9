package dev.berth.modelserver.load;

import static dev.berth.modelserver.failure.FailureReason.ArtifactUnavailable;
import static dev.berth.modelserver.failure.FailureReason.InvalidModel;
import static dev.berth.modelserver.failure.FailureReason.OutOfMemory;

import dev.berth.engine.Booster;
import dev.berth.engine.format.ModelFormatException;
import dev.berth.modelserver.artifact.ArtifactFetcher;
import dev.berth.modelserver.artifact.FetchedArtifact;
import dev.berth.modelserver.config.ModelConfig;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.golden.GoldenRecords;
import dev.berth.modelserver.model.ModelFacts;
import dev.berth.modelserver.model.ServedModel;
import java.io.IOException;

/** Makes a model that may answer. */
public final class ModelLoader {
  private final ArtifactFetcher fetcher;

  public ModelLoader(ArtifactFetcher fetcher) {
    this.fetcher = fetcher;
  }

  /** A model whose golden records are right, and its checksum if one was asked for. */
  public LoadedModel load(ModelConfig config) throws LoadFailure, InterruptedException {
    long start = System.nanoTime();
    FetchedArtifact artifact = fetcher.fetch(config.artifact());
    boolean loaded = false;
    try {
      ServedModel model = read(config, artifact);
      GoldenRecords.check(model, config.goldenRecords());
      loaded = true;
      return new LoadedModel(model, artifact, (System.nanoTime() - start) * 1e-9);
    } catch (OutOfMemoryError e) {
      throw tooLarge(e);
    } finally {
      if (!loaded) {
        artifact.close();
      }
    }
  }

  /** Has a model answer for a moment. */
  public static void warmUp(ServedModel model, ModelConfig config) throws LoadFailure {
    try {
      GoldenRecords.warmUp(model, config.goldenRecords());
    } catch (OutOfMemoryError e) {
      throw tooLarge(e).ofModel(config.name());
    }
  }

  private static LoadFailure tooLarge(OutOfMemoryError e) {
    return new LoadFailure(
        OutOfMemory,
        "the model does not fit into the memory of this process; raise resources.limits.memory",
        e);
  }

  private static ServedModel read(ModelConfig config, FetchedArtifact artifact) throws LoadFailure {
    try {
      Booster booster = Booster.read(artifact.file());
      return ServedModel.of(
          config,
          booster,
          new ModelFacts(config.name(), artifact.sizeBytes(), artifact.knownSha256()));
    } catch (ModelFormatException e) {
      throw new LoadFailure(
          InvalidModel, "the artifact is no model that can be served: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new LoadFailure(
          ArtifactUnavailable,
          "the fetched file of "
              + config.artifact().uri().replaceAll("\\?.*", "")
              + " cannot be read",
          e);
    }
  }
}

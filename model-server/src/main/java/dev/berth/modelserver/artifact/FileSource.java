package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactForbidden;
import static dev.berth.modelserver.failure.FailureReason.ArtifactNotFound;

import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A mounted volume, or a file of this machine. */
record FileSource(Path file) implements ArtifactSource {
  @Override
  public Opened open() throws LoadFailure, IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new LoadFailure(ArtifactNotFound, file + " is a directory, not a model's file");
      }
      return new Opened(Files.newInputStream(file), Files.size(file));
    } catch (NoSuchFileException e) {
      throw new LoadFailure(ArtifactNotFound, file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new LoadFailure(ArtifactForbidden, file + " may not be read by this process", e);
    }
  }

  @Override
  public String shown() {
    return file.toString();
  }
}

package dev.berth.local.manifest;

import java.nio.file.Path;

/**
 * Where a resource stands: a file and the document in it.
 *
 * @param file the manifest file
 * @param document counted from 1, as {@code ---} separates them
 */
public record Source(Path file, int document) {

  /** As people read it: {@code models.yaml} or {@code models.yaml, document 2}. */
  @Override
  public String toString() {
    return document > 1 ? file.getFileName() + ", document " + document : file.getFileName() + "";
  }
}

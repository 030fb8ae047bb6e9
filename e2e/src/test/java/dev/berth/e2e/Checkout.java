package dev.berth.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources are. */
public final class Checkout {
  private Checkout() {}

  /** The folder that holds the chart, the examples and every module; found upwards from here. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isRegularFile(folder.resolve("helm/berth/Chart.yaml"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException(
          "helm/berth/Chart.yaml is in no folder above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }
}

package dev.berth.aot;

import java.io.IOException;
import java.io.InputStream;

/**
 * What programs are rehearsed with: a model of two features and 20 trees, enough for what is sorted
 * to be sorted as in models that are served.
 */
public final class SampleModel {
  private SampleModel() {}

  /** The model in the format that XGBoost writes unless it is told otherwise. */
  public static byte[] ubj() throws IOException {
    try (InputStream file = SampleModel.class.getResourceAsStream("sample-model.ubj")) {
      return file.readAllBytes();
    }
  }
}

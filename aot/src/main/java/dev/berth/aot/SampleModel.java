package dev.berth.aot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What programs are rehearsed with: a model of two features and one tree. */
public final class SampleModel {
  private SampleModel() {}

  /** The model as XGBoost writes it, JSON on one line without a single quote. */
  public static String json() throws IOException {
    try (InputStream file = SampleModel.class.getResourceAsStream("sample-model.json")) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }
}

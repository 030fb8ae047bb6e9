package dev.berth.aot;

import java.io.IOException;
import java.io.InputStream;

/**
 * What programs are rehearsed with: a model of two features and 20 trees, enough for what is sorted
 * to be sorted as in models that are served.
 */
public final class SampleModel {
  /** A row of CSV. */
  public static final String ROW = "1,2";

  /** What XGBoost itself predicts for {@link #ROW}. */
  public static final String PREDICTION = "6.239951";

  private SampleModel() {}

  /** The model in the format that XGBoost writes unless it is told otherwise. */
  public static byte[] ubj() throws IOException {
    try (InputStream file = SampleModel.class.getResourceAsStream("sample-model.ubj")) {
      return file.readAllBytes();
    }
  }
}

package dev.berth.local.train;

import dev.berth.engine.Booster;
import dev.berth.engine.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;

/** The last step of training: Berth's engine must answer as XGBoost does for the finished file. */
final class EngineCheck {
  private static final int ROWS = 1000;

  /** A base score saved as decimal text may differ by 2 ulp behind a log link; trees never do. */
  private static final int ULPS = 2;

  private EngineCheck() {}

  /** What was found, as a sentence. */
  static String of(Path path, byte[] file, TrainingData data) throws IOException {
    TrainingData rows = data.head(ROWS);
    float[][] expected = Trainer.margins(file, rows);
    Booster booster;
    try {
      booster = Booster.read(path);
    } catch (ModelFormatException e) {
      throw new TrainingException(
          path + " is written, but Berth cannot serve it: " + e.getMessage(), e);
    }
    int outputs = booster.numOutputs();
    float[] margins = new float[rows.rows() * outputs];
    booster.predictMargin(rows.values(), rows.rows(), margins);
    boolean exact = true;
    for (int i = 0; i < margins.length; i++) {
      float theirs = expected[i / outputs][i % outputs];
      exact &= Float.floatToIntBits(theirs) == Float.floatToIntBits(margins[i]);
      if (!(Math.abs(theirs - margins[i]) <= ULPS * Math.ulp(theirs))) {
        throw new TrainingException(
            path
                + " is written, but do not serve it: for training row "
                + (i / outputs + 1)
                + " Berth's margin is "
                + margins[i]
                + " and XGBoost's is "
                + theirs);
      }
    }
    return "checked: Berth's margins for "
        + rows.rows()
        + " rows equal XGBoost's "
        + (exact ? "bit for bit" : "within " + ULPS + " ulp");
  }
}

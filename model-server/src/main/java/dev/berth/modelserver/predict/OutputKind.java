package dev.berth.modelserver.predict;

import dev.berth.engine.Booster;
import java.util.Locale;

/** Which of a booster's outputs are printed. */
enum OutputKind {
  PREDICTION,
  MARGIN,
  LEAF,
  CONTRIBUTIONS;

  /** The kind that is written so, in whatever case. */
  static OutputKind named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Values a row. */
  int width(Booster booster) {
    return switch (this) {
      case PREDICTION -> booster.predictionWidth();
      case MARGIN -> booster.numOutputs();
      case LEAF -> booster.numTrees();
      case CONTRIBUTIONS -> booster.numOutputs() * (booster.numFeatures() + 1);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.berth.engine.tree;

/**
 * Where margins begin: one value an output. Immutable.
 *
 * <p>Floats do not add up to the same in every order. Releases up to 1.2 (dart up to 1.3) added
 * trees to zero and the base margin to their sum; newer ones begin with the base margin. See
 * PredValue and PredValueByOneTree in XGBoost's src/predictor/cpu_predictor.cc.
 */
public final class BaseMargins {
  private final float[] values;
  private final boolean addedLast;

  private BaseMargins(float[] values, boolean addedLast) {
    this.values = values.clone();
    this.addedLast = addedLast;
  }

  /** Base margins to which trees are added one by one. */
  public static BaseMargins first(float[] values) {
    return new BaseMargins(values, false);
  }

  /** Base margins that are added to the sum of all trees. */
  public static BaseMargins last(float[] values) {
    return new BaseMargins(values, true);
  }

  /** Outputs. */
  public int size() {
    return values.length;
  }

  /** An output's base margin. */
  public float get(int output) {
    return values[output];
  }

  /** What a row's margins are before the first tree. */
  void begin(float[] out, int at) {
    for (int i = 0; i < values.length; i++) {
      out[at + i] = addedLast ? 0 : values[i];
    }
  }

  /** What a row's margins become after the last tree. */
  void end(float[] out, int at) {
    if (addedLast) {
      for (int i = 0; i < values.length; i++) {
        out[at + i] += values[i];
      }
    }
  }
}

package dev.berth.engine.linear;

/** Weights of a gblinear model. Immutable. */
public final class LinearModel {
  private final int numFeatures;
  private final float[] weights;
  private final float[] baseMargins;

  /**
   * A model of its weights. The arrays are not copied.
   *
   * @param weights {@code float[numFeatures + 1][outputs]}, the last row is the bias
   * @param baseMargins where each output's margin begins
   */
  public LinearModel(int numFeatures, float[] weights, float[] baseMargins) {
    if (weights.length != (numFeatures + 1L) * baseMargins.length) {
      throw new IllegalArgumentException(
          weights.length + " weights, " + numFeatures + " features, " + baseMargins.length);
    }
    this.numFeatures = numFeatures;
    this.weights = weights;
    this.baseMargins = baseMargins;
  }

  /** Margins a row. */
  public int numOutputs() {
    return baseMargins.length;
  }

  /**
   * Margins: base margin and bias, then each feature in order, rounded to float at each step.
   *
   * @param rows {@code float[first + count][numFeatures]}; NaN and {@code missing} add nothing
   * @param first the row to begin with
   * @param out {@code float[count][outputs]}
   */
  public void margins(float[] rows, int first, int count, float missing, float[] out) {
    int outputs = baseMargins.length;
    for (int row = 0; row < count; row++) {
      int start = (first + row) * numFeatures;
      for (int output = 0; output < outputs; output++) {
        float sum = bias(output) + baseMargins[output];
        for (int feature = 0; feature < numFeatures; feature++) {
          float value = rows[start + feature];
          if (!Float.isNaN(value) && value != missing) {
            sum += value * weights[feature * outputs + output];
          }
        }
        out[row * outputs + output] = sum;
      }
    }
  }

  /**
   * What each feature adds to the margins.
   *
   * @param rows {@code float[count][numFeatures]}; NaN and {@code missing} add nothing
   * @param out {@code float[count][outputs][numFeatures + 1]}, the last is bias and base margin
   */
  public void contributions(float[] rows, int count, float missing, float[] out) {
    int outputs = baseMargins.length;
    int at = 0;
    for (int row = 0; row < count; row++) {
      int start = row * numFeatures;
      for (int output = 0; output < outputs; output++) {
        for (int feature = 0; feature < numFeatures; feature++) {
          float value = rows[start + feature];
          boolean present = !Float.isNaN(value) && value != missing;
          out[at++] = present ? value * weights[feature * outputs + output] : 0;
        }
        out[at++] = bias(output) + baseMargins[output];
      }
    }
  }

  private float bias(int output) {
    return weights[numFeatures * baseMargins.length + output];
  }
}

package dev.berth.engine.linear;

import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.rows.SparseRows;

/** Weights of a gblinear model. Immutable. */
public final class LinearModel {
  private final int numFeatures;
  private final float[] weights;
  private final float[] baseMargins;
  private final float missing;

  /**
   * A model of its weights, to which only NaN is missing. The arrays are not copied.
   *
   * @param weights {@code float[numFeatures + 1][outputs]}, the last row is the bias
   * @param baseMargins where each output's margin begins
   */
  public LinearModel(int numFeatures, float[] weights, float[] baseMargins) {
    this(numFeatures, weights, baseMargins, Float.NaN);
  }

  private LinearModel(int numFeatures, float[] weights, float[] baseMargins, float missing) {
    if (weights.length != (numFeatures + 1L) * baseMargins.length) {
      throw new IllegalArgumentException(
          weights.length + " weights, " + numFeatures + " features, " + baseMargins.length);
    }
    this.numFeatures = numFeatures;
    this.weights = weights;
    this.baseMargins = baseMargins;
    this.missing = missing;
  }

  /** The same model, for rows in which a value stands for a missing one, besides NaN. */
  public LinearModel withMissing(float missing) {
    return new LinearModel(numFeatures, weights, baseMargins, missing);
  }

  /** Margins a row. */
  public int numOutputs() {
    return baseMargins.length;
  }

  /** Products that a row costs, at most. */
  public long productsPerRow() {
    return (long) numFeatures * baseMargins.length;
  }

  /**
   * Margins: base margin and bias, then each feature in order, rounded to float at each step.
   * Missing values add nothing.
   *
   * @param first the row to begin with
   * @param out {@code float[count][outputs]} from {@code at} on
   */
  public void margins(Rows rows, int first, int count, float[] out, int at) {
    int outputs = baseMargins.length;
    for (int row = 0; row < count; row++) {
      for (int output = 0; output < outputs; output++) {
        out[at + row * outputs + output] =
            rows instanceof SparseRows sparse
                ? margin(sparse, first + row, output)
                : margin((DenseRows) rows, first + row, output);
      }
    }
  }

  private float margin(DenseRows rows, int row, int output) {
    float[] values = rows.values();
    int start = rows.start(row);
    float sum = bias(output) + baseMargins[output];
    for (int feature = 0; feature < numFeatures; feature++) {
      float value = values[start + feature];
      if (isPresent(value)) {
        sum += value * weights[feature * baseMargins.length + output];
      }
    }
    return sum;
  }

  private float margin(SparseRows rows, int row, int output) {
    float[] values = rows.values();
    int[] features = rows.features();
    int end = rows.start(row + 1);
    float sum = bias(output) + baseMargins[output];
    for (int i = rows.start(row); i < end; i++) {
      if (isPresent(values[i])) {
        sum += values[i] * weights[features[i] * baseMargins.length + output];
      }
    }
    return sum;
  }

  /**
   * What each feature adds to the margins; missing values add nothing.
   *
   * @param first the row to begin with
   * @param out {@code float[count][outputs][numFeatures + 1]} from {@code at} on, the last is bias
   *     and base margin
   */
  public void contributions(Rows rows, int first, int count, float[] out, int at) {
    int outputs = baseMargins.length;
    float[] values = new float[numFeatures];
    int to = at;
    for (int row = 0; row < count; row++) {
      rows.copyRow(first + row, values);
      for (int output = 0; output < outputs; output++) {
        for (int feature = 0; feature < numFeatures; feature++) {
          float value = values[feature];
          out[to++] = isPresent(value) ? value * weights[feature * outputs + output] : 0;
        }
        out[to++] = bias(output) + baseMargins[output];
      }
    }
  }

  private boolean isPresent(float value) {
    return !Float.isNaN(value) && value != missing;
  }

  private float bias(int output) {
    return weights[numFeatures * baseMargins.length + output];
  }
}

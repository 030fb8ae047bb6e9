package dev.berth.engine.objective;

/**
 * How margins become predictions, row by row. Values are float32 as in XGBoost's src/common/math.h;
 * exponentials are rounded once from double, which is within 1 ulp of the C library's.
 */
public enum Transform {
  IDENTITY,
  SIGMOID,
  /** 1 where the margin is positive, else 0. */
  STEP,
  EXP,
  SOFTMAX,
  /** The index of the largest margin, the first of equals: one number a row. */
  ARGMAX;

  /**
   * Transforms in place, except that {@link #ARGMAX} packs one value a row at the front.
   *
   * @param values margins, {@code float[count][outputs]} from {@code start} on
   * @param count rows
   * @param outputs margins a row
   */
  public void apply(float[] values, int start, int count, int outputs) {
    int end = start + count * outputs;
    switch (this) {
      case IDENTITY -> {}
      case SIGMOID -> {
        for (int i = start; i < end; i++) {
          values[i] = sigmoid(values[i]);
        }
      }
      case STEP -> {
        for (int i = start; i < end; i++) {
          values[i] = values[i] > 0 ? 1 : 0;
        }
      }
      case EXP -> {
        for (int i = start; i < end; i++) {
          values[i] = exp(values[i]);
        }
      }
      case SOFTMAX -> {
        for (int row = start; row < end; row += outputs) {
          softmax(values, row, outputs);
        }
      }
      case ARGMAX -> {
        for (int row = 0; row < count; row++) {
          values[start + row] = argmax(values, start + row * outputs, outputs);
        }
      }
    }
  }

  private static float exp(float value) {
    return (float) Math.exp(value);
  }

  private static float sigmoid(float margin) {
    // 88.7 keeps exp within float; 1e-16 is XGBoost's guard against a division by zero.
    float denominator = exp(Math.min(-margin, 88.7f)) + 1.0f + 1e-16f;
    return 1.0f / denominator;
  }

  private static void softmax(float[] values, int start, int outputs) {
    float largest = values[start];
    for (int i = start + 1; i < start + outputs; i++) {
      largest = Math.max(values[i], largest);
    }
    double sum = 0;
    for (int i = start; i < start + outputs; i++) {
      values[i] = exp(values[i] - largest);
      sum += values[i];
    }
    for (int i = start; i < start + outputs; i++) {
      values[i] /= (float) sum;
    }
  }

  private static int argmax(float[] values, int start, int outputs) {
    int best = start;
    for (int i = start + 1; i < start + outputs; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best - start;
  }
}

package dev.berth.engine.rows;

import java.util.Arrays;

/** Rows with a value for every feature, NaN where one is missing, in an array of the caller. */
public final class DenseRows implements Rows {
  private static final float[] NONE = {};

  private float[] values = NONE;
  private int count;
  private int numFeatures;

  /** No rows yet. */
  public DenseRows() {}

  /** Rows in an array: see {@link #set}. */
  public DenseRows(float[] values, int count, int numFeatures) {
    set(values, count, numFeatures);
  }

  /**
   * Points at other rows.
   *
   * @param values {@code float[count][numFeatures]}, not copied
   * @throws IllegalArgumentException when the array is too short
   */
  public void set(float[] values, int count, int numFeatures) {
    if (count < 0) {
      throw new IllegalArgumentException(count + " rows");
    }
    if (values.length < (long) count * numFeatures) {
      throw new IllegalArgumentException(
          values.length + " values for " + count + " rows of " + numFeatures + " features");
    }
    this.values = values;
    this.count = count;
    this.numFeatures = numFeatures;
  }

  /** Lets go of the array. */
  public void clear() {
    set(NONE, 0, 0);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean fit(int numFeatures) {
    return count == 0 || this.numFeatures == numFeatures;
  }

  /** The array: {@code float[count][numFeatures]}. */
  public float[] values() {
    return values;
  }

  /** Where a row's values begin in {@link #values}. */
  public int start(int row) {
    return row * numFeatures;
  }

  @Override
  public void copyRow(int row, float[] into) {
    System.arraycopy(values, start(row), into, 0, numFeatures);
    Arrays.fill(into, numFeatures, into.length, Float.NaN);
  }
}

package dev.berth.engine.rows;

import java.util.Arrays;

/**
 * Rows of which only the present values are held (compressed sparse rows): a feature that a row
 * does not name is missing, as in a matrix that XGBoost makes of text/libsvm. Predicting costs what
 * the present values cost, however many features the model has.
 *
 * <p>A buffer to fill again and again: once its arrays have grown, it allocates nothing, unless a
 * row comes with its features out of order.
 */
public final class SparseRows implements Rows {
  private int[] starts = new int[16];
  private int[] features = new int[64];
  private float[] values = new float[64];
  private int count;
  private int size;
  private boolean ascending = true;
  private int largestFeature = -1;

  /** Forgets all rows, keeps the room. */
  public void clear() {
    count = 0;
    size = 0;
    ascending = true;
    largestFeature = -1;
  }

  /**
   * Adds a value to the row that {@link #endRow} will end. Of two values for a feature the later
   * one counts.
   *
   * @param feature its index, from 0
   * @throws IllegalArgumentException when the index is negative
   */
  public void add(int feature, float value) {
    if (feature < 0) {
      throw new IllegalArgumentException("feature " + feature + " of row " + count);
    }
    if (size == features.length) {
      features = Arrays.copyOf(features, Math.multiplyExact(size, 2));
      values = Arrays.copyOf(values, size * 2);
    }
    ascending &= size == starts[count] || feature > features[size - 1];
    features[size] = feature;
    values[size++] = value;
    largestFeature = Math.max(largestFeature, feature);
  }

  /** Ends a row, which may have no values at all. */
  public void endRow() {
    if (!ascending) {
      sortRow();
      ascending = true;
    }
    count++;
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, Math.multiplyExact(count, 2));
    }
    starts[count] = size;
  }

  /**
   * Adds a whole row.
   *
   * @param features {@code int[present]} or longer, each from 0
   * @param values {@code float[present]} or longer
   */
  public void addRow(int[] features, float[] values, int present) {
    for (int i = 0; i < present; i++) {
      add(features[i], values[i]);
    }
    endRow();
  }

  /** Features ascending, of equal ones the last: gblinear adds up in that order. */
  private void sortRow() {
    int start = starts[count];
    long[] order = new long[size - start];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) features[start + i] << 32 | i;
    }
    Arrays.sort(order);
    float[] row = Arrays.copyOfRange(values, start, size);
    size = start;
    for (int i = 0; i < order.length; i++) {
      int feature = (int) (order[i] >> 32);
      if (i + 1 == order.length || (int) (order[i + 1] >> 32) != feature) {
        features[size] = feature;
        values[size++] = row[(int) order[i]];
      }
    }
  }

  @Override
  public int count() {
    return count;
  }

  /** Present values of all rows. */
  public int size() {
    return size;
  }

  @Override
  public boolean fit(int numFeatures) {
    return largestFeature < numFeatures;
  }

  /** Where a row's values begin in {@link #features} and {@link #values}; they end at the next. */
  public int start(int row) {
    return starts[row];
  }

  /** Features of all rows, ascending within each. Valid until a row is added. */
  public int[] features() {
    return features;
  }

  /** Values of all rows. Valid until a row is added. */
  public float[] values() {
    return values;
  }

  @Override
  public void copyRow(int row, float[] into) {
    Arrays.fill(into, Float.NaN);
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      into[features[i]] = values[i];
    }
  }
}

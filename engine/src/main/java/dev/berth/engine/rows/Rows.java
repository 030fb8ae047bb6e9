package dev.berth.engine.rows;

/**
 * Rows to predict. The caller owns them and may fill them anew once a prediction has returned;
 * several threads may read the same rows while nobody changes them.
 */
public sealed interface Rows permits DenseRows, SparseRows {
  /** Rows. */
  int count();

  /**
   * Whether no row has a feature past the last of a model.
   *
   * @param numFeatures values a row of the model
   */
  boolean fit(int numFeatures);

  /**
   * Writes one row out, NaN where it has no value.
   *
   * @param into {@code float[numFeatures]} or longer: what is past the row's features is NaN too
   * @throws ArrayIndexOutOfBoundsException when {@code into} is shorter than the row
   */
  void copyRow(int row, float[] into);
}

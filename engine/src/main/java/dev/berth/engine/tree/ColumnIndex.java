package dev.berth.engine.tree;

import java.util.Arrays;

/** Finds the column of a feature: its place among those that some node asks for. */
final class ColumnIndex {
  /** Below this a feature's column is looked up in an array, from here on it is searched for. */
  private static final int MAX_TABLE = 1 << 20;

  private final int[] columns;

  /** One more than the column of a feature, 0 for features that no node asks for. */
  private final int[] columnAfter;

  /**
   * @param columns the features in use, ascending
   */
  ColumnIndex(int[] columns) {
    this.columns = columns;
    int last = columns.length == 0 ? -1 : columns[columns.length - 1];
    this.columnAfter = new int[Math.min(last + 1, MAX_TABLE)];
    for (int i = 0; i < columns.length && columns[i] < columnAfter.length; i++) {
      columnAfter[columns[i]] = i + 1;
    }
  }

  /** Negative when no node asks for the feature. */
  int columnOf(int feature) {
    if (feature < columnAfter.length) {
      return columnAfter[feature] - 1;
    }
    return columnAfter.length < MAX_TABLE ? -1 : Arrays.binarySearch(columns, feature);
  }
}

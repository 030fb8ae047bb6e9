package dev.berth.engine.tree;

import dev.berth.engine.rows.SparseRows;
import java.util.Arrays;

/**
 * Turns rows into the int keys that trees compare. A feature has up to two slots in a row's keys:
 * one in which a missing value is larger than any threshold, one in which it is smaller, so that a
 * node's default direction is nothing but the slot that it looks at. Slot 0 is nobody's: what is
 * written there is never compared.
 *
 * <p>A key is either the value as an int of the same order ({@link RowKeys}), or its rank among the
 * feature's thresholds, shifted so that it compares with a node's rank and slot in one int.
 */
final class KeyEncoder {
  static final int MISSING_GOES_RIGHT = RowKeys.MISSING_GOES_RIGHT;

  /** Below this a feature's column is looked up in an array, from here on it is searched for. */
  private static final int MAX_TABLE = 1 << 20;

  /** The features in use, ascending. */
  private final int[] columns;

  private final int[] rightSlots;
  private final int[] leftSlots;

  /** Ascending for each column; column i's are from {@code cutStarts[i]} on. Empty: no ranks. */
  private final int[] cuts;

  private final int[] cutStarts;
  private final boolean ranked;
  private final int missingGoesLeft;
  private final int keysPerRow;

  /** One more than the column of a feature, 0 for features that no node asks for. */
  private final int[] columnAfter;

  KeyEncoder(KeyPlan plan, boolean ranked) {
    this.columns = plan.columns();
    this.rightSlots = plan.rightSlots();
    this.leftSlots = plan.leftSlots();
    this.cuts = ranked ? plan.cuts() : new int[0];
    this.cutStarts = plan.cutStarts();
    this.ranked = ranked;
    this.missingGoesLeft = ranked ? 0 : RowKeys.MISSING_GOES_LEFT;
    this.keysPerRow = plan.keysPerRow();
    int last = columns.length == 0 ? -1 : columns[columns.length - 1];
    this.columnAfter = new int[Math.min(last + 1, MAX_TABLE)];
    for (int i = 0; i < columns.length && columns[i] < columnAfter.length; i++) {
      columnAfter[columns[i]] = i + 1;
    }
  }

  int keysPerRow() {
    return keysPerRow;
  }

  /** Writes the keys of a dense row whose values begin at {@code start}. */
  void encode(float[] values, int start, float missing, int[] keys, int at) {
    for (int column = 0; column < columns.length; column++) {
      float value = values[start + columns[column]];
      if (Float.isNaN(value) || value == missing) {
        unset(column, keys, at);
      } else {
        set(column, value, keys, at);
      }
    }
  }

  /** Writes the keys of a row without any value. */
  void clear(int[] keys, int at) {
    for (int column = 0; column < columns.length; column++) {
      unset(column, keys, at);
    }
  }

  /** Writes the keys of a sparse row over those of a row without any value. */
  void encode(SparseRows rows, int row, float missing, int[] keys, int at) {
    int[] features = rows.features();
    float[] values = rows.values();
    int end = rows.start(row + 1);
    for (int i = rows.start(row); i < end; i++) {
      int column = columnOf(features[i]);
      float value = values[i];
      if (column >= 0 && !Float.isNaN(value) && value != missing) {
        set(column, value, keys, at);
      }
    }
  }

  /** Makes the keys of a sparse row those of a row without any value again. */
  void clear(SparseRows rows, int row, int[] keys, int at) {
    int[] features = rows.features();
    int end = rows.start(row + 1);
    for (int i = rows.start(row); i < end; i++) {
      int column = columnOf(features[i]);
      if (column >= 0) {
        unset(column, keys, at);
      }
    }
  }

  private int columnOf(int feature) {
    if (feature < columnAfter.length) {
      return columnAfter[feature] - 1;
    }
    return columnAfter.length < MAX_TABLE ? -1 : Arrays.binarySearch(columns, feature);
  }

  private void set(int column, float value, int[] keys, int at) {
    int key = RowKeys.of(value);
    if (ranked) {
      key = rank(key, cutStarts[column], cutStarts[column + 1]) << CompleteTrees.RANK_SHIFT;
    }
    keys[at + rightSlots[column]] = key;
    keys[at + leftSlots[column]] = key;
  }

  private void unset(int column, int[] keys, int at) {
    keys[at + rightSlots[column]] = MISSING_GOES_RIGHT;
    keys[at + leftSlots[column]] = missingGoesLeft;
  }

  /** How many cuts are not above a key: a search whose steps have no branch. */
  private int rank(int key, int start, int end) {
    int at = start;
    int length = end - start;
    while (length > 1) {
      int half = length >> 1;
      at += half & ~(int) (((long) key - cuts[at + half - 1]) >> 63);
      length -= half;
    }
    return at - start + 1 + (int) (((long) key - cuts[at]) >> 63);
  }
}

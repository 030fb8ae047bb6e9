package dev.berth.engine.tree;

import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.SparseRows;

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

  private static final int PLACES = 4;
  private static final int RIGHT_SLOT = 0;
  private static final int LEFT_SLOT = 1;
  private static final int FIRST_CUT = 2;
  private static final int END_CUT = 3;

  private final KeyPlan plan;

  /** The features in use, ascending. */
  private final int[] columns;

  /** Four ints a column, so that a sparse row's value finds them in one cache line. */
  private final int[] places;

  private final CutSearch cuts;
  private final boolean ranked;
  private final int missingGoesLeft;
  private final int keysPerRow;

  private final ColumnIndex columnIndex;
  private final float missing;

  /**
   * An encoder of a plan's keys.
   *
   * @param missing a value that is missing, besides NaN
   */
  KeyEncoder(KeyPlan plan, boolean ranked, float missing) {
    this.plan = plan;
    this.missing = missing;
    this.columns = plan.columns();
    this.cuts = plan.cutSearch();
    this.places = new int[columns.length * PLACES];
    for (int column = 0; column < columns.length; column++) {
      places[column * PLACES + RIGHT_SLOT] = plan.rightSlots()[column];
      places[column * PLACES + LEFT_SLOT] = plan.leftSlots()[column];
      places[column * PLACES + FIRST_CUT] = plan.cutStarts()[column];
      places[column * PLACES + END_CUT] = plan.cutStarts()[column + 1];
    }
    this.ranked = ranked;
    this.missingGoesLeft = ranked ? 0 : RowKeys.MISSING_GOES_LEFT;
    this.keysPerRow = plan.keysPerRow();
    this.columnIndex = plan.columnIndex();
  }

  KeyEncoder withMissing(float missing) {
    return new KeyEncoder(plan, ranked, missing);
  }

  int keysPerRow() {
    return keysPerRow;
  }

  /**
   * Writes the keys of dense rows.
   *
   * @param lanes room for {@link CutSearch#LANES} ints
   */
  void encode(DenseRows rows, int first, int count, int[] lanes, int[][] keys) {
    int row = 0;
    if (ranked) {
      for (; row + CutSearch.LANES <= count; row += CutSearch.LANES) {
        encodeFour(rows, first, row, lanes, keys);
      }
    }
    float[] values = rows.values();
    for (; row < count; row++) {
      int start = rows.start(first + row);
      for (int column = 0; column < columns.length; column++) {
        set(column, values[start + columns[column]], keys[row]);
      }
    }
  }

  private void encodeFour(DenseRows rows, int first, int row, int[] lanes, int[][] keys) {
    float[] values = rows.values();
    int start = rows.start(first + row);
    int width = rows.start(1);
    for (int column = 0; column < columns.length; column++) {
      int from = start + columns[column];
      for (int lane = 0; lane < CutSearch.LANES; lane++) {
        lanes[lane] = RowKeys.of(values[from + lane * width]);
      }
      cuts.rankFour(lanes, column);
      for (int lane = 0; lane < CutSearch.LANES; lane++) {
        if (isMissing(values[from + lane * width])) {
          unset(column, keys[row + lane]);
        } else {
          put(column, lanes[lane] << CompleteTrees.RANK_SHIFT, keys[row + lane]);
        }
      }
    }
  }

  /** Writes the keys of a row without any value. */
  void clear(int[] keys) {
    for (int column = 0; column < columns.length; column++) {
      unset(column, keys);
    }
  }

  /** Writes the keys of a sparse row over those of a row without any value. */
  void encode(SparseRows rows, int row, int[] keys) {
    int[] features = rows.features();
    float[] values = rows.values();
    int end = rows.start(row + 1);
    for (int i = rows.start(row); i < end; i++) {
      int column = columnIndex.columnOf(features[i]);
      if (column >= 0) {
        set(column, values[i], keys);
      }
    }
  }

  /** Makes the keys of a sparse row those of a row without any value again. */
  void clear(SparseRows rows, int row, int[] keys) {
    int[] features = rows.features();
    int end = rows.start(row + 1);
    for (int i = rows.start(row); i < end; i++) {
      int column = columnIndex.columnOf(features[i]);
      if (column >= 0) {
        unset(column, keys);
      }
    }
  }

  private boolean isMissing(float value) {
    return Float.isNaN(value) || value == missing;
  }

  private void set(int column, float value, int[] keys) {
    if (isMissing(value)) {
      unset(column, keys);
    } else if (ranked) {
      int place = column * PLACES;
      int rank = cuts.rank(RowKeys.of(value), places[place + FIRST_CUT], places[place + END_CUT]);
      put(column, rank << CompleteTrees.RANK_SHIFT, keys);
    } else {
      put(column, RowKeys.of(value), keys);
    }
  }

  private void unset(int column, int[] keys) {
    keys[places[column * PLACES + RIGHT_SLOT]] = MISSING_GOES_RIGHT;
    keys[places[column * PLACES + LEFT_SLOT]] = missingGoesLeft;
  }

  private void put(int column, int key, int[] keys) {
    keys[places[column * PLACES + RIGHT_SLOT]] = key;
    keys[places[column * PLACES + LEFT_SLOT]] = key;
  }
}

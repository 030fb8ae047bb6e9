package dev.berth.engine.tree;

import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.rows.SparseRows;
import java.util.Arrays;

/**
 * Which of 64 rows go right at a threshold: one long for each threshold of each feature, whose bit
 * r is row r's. A feature has up to two slots of masks: in one a missing value is above every
 * threshold, in the other below, as a node's default direction asks for.
 *
 * <p>A row is marked once in each of its slots, where its value stands among the thresholds. Or-ing
 * the masks from the highest threshold down then tells every threshold's rows.
 */
final class RowMasks {
  /** Rows of a block: bits of a long. */
  static final int ROWS = 64;

  private static final int PLACES = 4;
  private static final int RIGHT_SLOT = 0;
  private static final int LEFT_SLOT = 1;
  private static final int FIRST_CUT = 2;
  private static final int END_CUT = 3;

  private final KeyPlan plan;
  private final float missing;
  private final int[] columns;
  private final ColumnIndex columnIndex;
  private final CutSearch cuts;

  /**
   * Four ints a column: where its two slots of masks begin, and its cuts. A slot that no node looks
   * at is past all others, where nothing is read.
   */
  private final int[] places;

  /** Where each slot's masks begin, and where the last one's end. */
  private final int[] slotStarts;

  /**
   * Masks of a plan's thresholds.
   *
   * @param missing a value that is missing, besides NaN
   */
  RowMasks(KeyPlan plan, float missing) {
    this.plan = plan;
    this.missing = missing;
    this.columns = plan.columns();
    this.columnIndex = plan.columnIndex();
    this.cuts = plan.cutSearch();
    this.places = new int[columns.length * PLACES];
    this.slotStarts = new int[plan.keysPerRow()];
    placeSlots();
  }

  /** Slots are numbered from 1, first by column, then right before left. */
  private void placeSlots() {
    int end = 0;
    for (int column = 0; column < columns.length; column++) {
      int first = plan.cutStarts()[column];
      int size = plan.cutStarts()[column + 1] - first;
      places[column * PLACES + FIRST_CUT] = first;
      places[column * PLACES + END_CUT] = first + size;
      for (int slot : new int[] {plan.rightSlots()[column], plan.leftSlots()[column]}) {
        if (slot != 0) {
          slotStarts[slot - 1] = end;
          // One more than there are cuts: a value may be above none of them.
          end += size + 1;
          slotStarts[slot] = end;
        }
      }
    }
    for (int column = 0; column < columns.length; column++) {
      int right = plan.rightSlots()[column];
      int left = plan.leftSlots()[column];
      places[column * PLACES + RIGHT_SLOT] = right == 0 ? end : slotStarts[right - 1];
      places[column * PLACES + LEFT_SLOT] = left == 0 ? end : slotStarts[left - 1];
    }
  }

  RowMasks withMissing(float other) {
    return new RowMasks(plan, other);
  }

  /** Masks that nodes look at. */
  int size() {
    return slotStarts[slotStarts.length - 1];
  }

  /** Longs that {@link #fill} asks for: nobody's slot included. */
  int room() {
    return size() + plan.mostCuts() + 1;
  }

  /** The mask of the rows that go right at a node. */
  int maskOf(Tree tree, int node) {
    return slotStarts[plan.slotOf(tree, node) - 1] + plan.rankOf(tree, node) + 1;
  }

  /**
   * Makes the masks of some rows.
   *
   * @param count at most {@link #ROWS}
   * @param lanes room for {@link CutSearch#LANES} ints
   * @param masks room for {@link #room} longs
   */
  void fill(Rows rows, int first, int count, int[] lanes, long[] masks) {
    Arrays.fill(masks, 0, size(), 0);
    // No switch over patterns: the JVM links one when it first runs, and allocates even later.
    if (rows instanceof SparseRows sparse) {
      mark(sparse, first, count, masks);
    } else {
      DenseRows dense = (DenseRows) rows;
      for (int column = 0; column < columns.length; column++) {
        mark(dense, first, count, column, lanes, masks);
      }
    }
    for (int slot = 1; slot < slotStarts.length; slot++) {
      long above = 0;
      for (int mask = slotStarts[slot] - 1; mask > slotStarts[slot - 1]; mask--) {
        above |= masks[mask];
        masks[mask] = above;
      }
    }
  }

  private void mark(DenseRows rows, int first, int count, int column, int[] lanes, long[] masks) {
    float[] values = rows.values();
    int width = rows.start(1);
    int start = places[column * PLACES + FIRST_CUT];
    int end = places[column * PLACES + END_CUT];
    int from = rows.start(first) + columns[column];
    for (int row = 0; row < count; row += CutSearch.LANES) {
      // The last lanes may take the last row again: to mark it twice changes nothing.
      for (int lane = 0; lane < CutSearch.LANES; lane++) {
        lanes[lane] = RowKeys.of(values[from + Math.min(row + lane, count - 1) * width]);
      }
      cuts.rankFour(lanes, column);
      for (int lane = 0; lane < CutSearch.LANES; lane++) {
        int at = Math.min(row + lane, count - 1);
        if (isMissing(values[from + at * width])) {
          masks[places[column * PLACES + RIGHT_SLOT] + end - start] |= 1L << at;
        } else {
          masks[places[column * PLACES + RIGHT_SLOT] + lanes[lane]] |= 1L << at;
          masks[places[column * PLACES + LEFT_SLOT] + lanes[lane]] |= 1L << at;
        }
      }
    }
  }

  /** All values are missing until they are found. */
  private void mark(SparseRows rows, int first, int count, long[] masks) {
    for (int column = 0; column < columns.length; column++) {
      masks[highest(column)] = -1;
    }
    int[] features = rows.features();
    float[] values = rows.values();
    for (int row = 0; row < count; row++) {
      long bit = 1L << row;
      int end = rows.start(first + row + 1);
      for (int i = rows.start(first + row); i < end; i++) {
        int column = columnIndex.columnOf(features[i]);
        if (column >= 0 && !isMissing(values[i])) {
          int place = column * PLACES;
          int rank =
              cuts.rank(RowKeys.of(values[i]), places[place + FIRST_CUT], places[place + END_CUT]);
          masks[highest(column)] &= ~bit;
          masks[places[place + RIGHT_SLOT] + rank] |= bit;
          masks[places[place + LEFT_SLOT] + rank] |= bit;
        }
      }
    }
  }

  /** The mask of the highest cut, where a missing value counts as above it. */
  private int highest(int column) {
    int place = column * PLACES;
    return places[place + RIGHT_SLOT] + places[place + END_CUT] - places[place + FIRST_CUT];
  }

  private boolean isMissing(float value) {
    return Float.isNaN(value) || value == missing;
  }
}

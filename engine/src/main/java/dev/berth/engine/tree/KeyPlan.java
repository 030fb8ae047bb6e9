package dev.berth.engine.tree;

import java.util.Arrays;

/** Which keys the splits of an ensemble ask a row for: features, directions, thresholds. */
final class KeyPlan {
  private final int[] columns;
  private final ColumnIndex columnIndex;
  private final int[] rightSlots;
  private final int[] leftSlots;
  private final int[] cuts;
  private final int[] cutStarts;
  private final CutSearch cutSearch;
  private final boolean categories;
  private int keysPerRow = 1;

  private KeyPlan(Splits splits) {
    this.categories = splits.categories;
    long[] sorted = splits.sorted();
    this.columns = columns(sorted);
    this.columnIndex = new ColumnIndex(columns);
    this.rightSlots = new int[columns.length];
    this.leftSlots = new int[columns.length];
    this.cuts = new int[sorted.length];
    this.cutStarts = new int[columns.length + 1];
    assignCuts(sorted);
    this.cutSearch = new CutSearch(cuts, cutStarts);
    assignSlots(splits);
  }

  static KeyPlan of(TreeEnsemble ensemble) {
    Splits splits = new Splits();
    for (Tree tree : ensemble.trees()) {
      for (int node : tree.breadthFirst()) {
        if (!tree.isLeaf(node)) {
          splits.add(tree, node);
        }
      }
    }
    return new KeyPlan(splits);
  }

  int[] columns() {
    return columns;
  }

  /** Where {@link #columns} has a feature. */
  ColumnIndex columnIndex() {
    return columnIndex;
  }

  int[] rightSlots() {
    return rightSlots;
  }

  int[] leftSlots() {
    return leftSlots;
  }

  int[] cuts() {
    return cuts;
  }

  CutSearch cutSearch() {
    return cutSearch;
  }

  int[] cutStarts() {
    return cutStarts;
  }

  int keysPerRow() {
    return keysPerRow;
  }

  /** Whether some node splits by category, which only the value itself can answer. */
  boolean hasCategories() {
    return categories;
  }

  /** Thresholds of the feature that has most of them. */
  int mostCuts() {
    int most = 0;
    for (int i = 0; i < columns.length; i++) {
      most = Math.max(most, cutStarts[i + 1] - cutStarts[i]);
    }
    return most;
  }

  int slotOf(Tree tree, int node) {
    int column = columnIndex.columnOf(tree.feature(node));
    return tree.defaultLeft(node) ? leftSlots[column] : rightSlots[column];
  }

  /** The place of a node's threshold among its feature's, from 0. */
  int rankOf(Tree tree, int node) {
    int column = columnIndex.columnOf(tree.feature(node));
    int key = RowKeys.ofThreshold(tree.threshold(node));
    return Arrays.binarySearch(cuts, cutStarts[column], cutStarts[column + 1], key)
        - cutStarts[column];
  }

  private void assignSlots(Splits splits) {
    for (int i = 0; i < splits.count; i++) {
      int column = columnIndex.columnOf(splits.features[i]);
      (splits.defaultLeft[i] ? leftSlots : rightSlots)[column] = 1;
    }
    for (int column = 0; column < columns.length; column++) {
      rightSlots[column] = rightSlots[column] == 0 ? 0 : keysPerRow++;
      leftSlots[column] = leftSlots[column] == 0 ? 0 : keysPerRow++;
    }
  }

  private void assignCuts(long[] sorted) {
    for (int i = 0, column = 0; i < sorted.length; i++) {
      if (feature(sorted[i]) != columns[column]) {
        column++;
      }
      cuts[i] = threshold(sorted[i]);
      cutStarts[column + 1] = i + 1;
    }
  }

  private static int[] columns(long[] sorted) {
    int[] columns = new int[sorted.length];
    int count = 0;
    for (long split : sorted) {
      if (count == 0 || feature(split) != columns[count - 1]) {
        columns[count++] = feature(split);
      }
    }
    return Arrays.copyOf(columns, count);
  }

  /** Feature and threshold in one long, which sorts by feature, then by threshold. */
  private static long split(int feature, int threshold) {
    return (long) feature << 32 | ((threshold ^ 0x8000_0000L) & 0xffff_ffffL);
  }

  private static int feature(long split) {
    return (int) (split >> 32);
  }

  private static int threshold(long split) {
    return (int) split ^ 0x8000_0000;
  }

  /** All splits of an ensemble in one place. */
  private static final class Splits {
    int count;
    int[] features = new int[64];
    int[] thresholds = new int[64];
    boolean[] defaultLeft = new boolean[64];
    boolean categories;

    /** Each feature's thresholds once, ascending, as {@link #split}. */
    long[] sorted() {
      long[] sorted = new long[count];
      for (int i = 0; i < count; i++) {
        sorted[i] = split(features[i], thresholds[i]);
      }
      Arrays.sort(sorted);
      // Not by streams, which box: this is part of every start.
      int distinct = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1]) {
          sorted[distinct++] = sorted[i];
        }
      }
      return Arrays.copyOf(sorted, distinct);
    }

    void add(Tree tree, int node) {
      if (count == features.length) {
        features = Arrays.copyOf(features, 2 * count);
        thresholds = Arrays.copyOf(thresholds, 2 * count);
        defaultLeft = Arrays.copyOf(defaultLeft, 2 * count);
      }
      features[count] = tree.feature(node);
      thresholds[count] = RowKeys.ofThreshold(tree.threshold(node));
      defaultLeft[count++] = tree.defaultLeft(node);
      categories |= tree.isCategorical(node);
    }
  }
}

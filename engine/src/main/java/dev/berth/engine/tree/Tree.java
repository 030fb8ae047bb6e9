package dev.berth.engine.tree;

import java.util.Arrays;

/**
 * One decision tree, with the node numbers of its file (a leaf's number is what XGBoost answers
 * pred_leaf with). Node 0 is the root. Immutable and already checked: every node that can be
 * reached from the root has a valid feature, two children or none, and one parent.
 */
public final class Tree {
  /** A left child of a leaf. */
  public static final int NO_CHILD = -1;

  /** XGBoost: categories from here on cannot be told apart as floats (common/categorical.h). */
  private static final float FIRST_INVALID_CATEGORY = 16_777_216f;

  private final Splits splits;
  private final Leaves leaves;
  private final CategorySets categories;
  private final float[] cover;
  private final int depth;

  /**
   * A checked tree.
   *
   * @param cover sum of hessians of each node; empty when the file has none
   * @param depth steps from the root to the deepest leaf
   */
  public Tree(Splits splits, Leaves leaves, CategorySets categories, float[] cover, int depth) {
    this.splits = splits;
    this.leaves = leaves;
    this.categories = categories;
    this.cover = cover;
    this.depth = depth;
  }

  /**
   * The split of each node, each array {@code [nodes]}.
   *
   * <p>{@code left} is {@link #NO_CHILD} in a leaf; a value less than the threshold goes left.
   */
  public static final class Splits {
    final int[] left;
    final int[] right;
    final int[] feature;
    final float[] threshold;
    final boolean[] defaultLeft;

    /** Splits over arrays that are not copied. */
    public Splits(
        int[] left, int[] right, int[] feature, float[] threshold, boolean[] defaultLeft) {
      this.left = left;
      this.right = right;
      this.feature = feature;
      this.threshold = threshold;
      this.defaultLeft = defaultLeft;
    }
  }

  /** What leaves answer: {@code width} values from {@code rowOfNode[node] * width} on. */
  public static final class Leaves {
    final int width;
    final float[] values;
    final int[] rowOfNode;

    private Leaves(int width, float[] values, int[] rowOfNode) {
      this.width = width;
      this.values = values;
      this.rowOfNode = rowOfNode;
    }

    /** One value a leaf, {@code values[node]}. */
    public static Leaves scalar(float[] values) {
      return new Leaves(1, values, new int[0]);
    }

    /** A vector a leaf: row {@code rowOfNode[node]} of {@code float[rows][width]}. */
    public static Leaves vectors(int width, float[] values, int[] rowOfNode) {
      return new Leaves(width, values, rowOfNode);
    }
  }

  /**
   * The categories that go right, for the nodes that split by category: node {@code n} owns {@code
   * sorted[start[n]] .. sorted[start[n] + size[n] - 1]}, ascending. All three are empty when no
   * node does.
   */
  public static final class CategorySets {
    /** No node splits by category. */
    public static final CategorySets NONE = new CategorySets(new int[0], new int[0], new int[0]);

    final int[] start;
    final int[] size;
    final int[] sorted;

    /** Sets over arrays that are not copied; {@code size[n] == 0} means a numeric split. */
    public CategorySets(int[] start, int[] size, int[] sorted) {
      this.start = start;
      this.size = size;
      this.sorted = sorted;
    }
  }

  /** Nodes of the file, some of which may be deleted and out of reach. */
  public int numNodes() {
    return splits.left.length;
  }

  /** The nodes that can be reached, level by level: both children of a node are neighbours. */
  public int[] breadthFirst() {
    int[] order = new int[numNodes()];
    int end = 1;
    for (int i = 0; i < end; i++) {
      int node = order[i];
      if (!isLeaf(node)) {
        order[end++] = left(node);
        order[end++] = right(node);
      }
    }
    return Arrays.copyOf(order, end);
  }

  /** Steps from the root to the deepest leaf. */
  public int depth() {
    return depth;
  }

  /** Values a leaf: 1, or the number of outputs when leaves are vectors. */
  public int leafWidth() {
    return leaves.width;
  }

  /** Whether the file says how much training weight reached each node. */
  public boolean hasCover() {
    return cover.length != 0;
  }

  /** The sum of hessians that reached a node in training. */
  public float cover(int node) {
    return cover[node];
  }

  /** Whether a node is a leaf. */
  public boolean isLeaf(int node) {
    return splits.left[node] == NO_CHILD;
  }

  /** The left child. */
  public int left(int node) {
    return splits.left[node];
  }

  /** The right child. */
  public int right(int node) {
    return splits.right[node];
  }

  /** The feature that a node splits by. */
  public int feature(int node) {
    return splits.feature[node];
  }

  /** A value less than this goes left; meaningless where {@link #isCategorical}. */
  public float threshold(int node) {
    return splits.threshold[node];
  }

  /** Whether a missing value goes left. */
  public boolean defaultLeft(int node) {
    return splits.defaultLeft[node];
  }

  /** Whether a node splits by category. */
  public boolean isCategorical(int node) {
    return categories.size.length != 0 && categories.size[node] != 0;
  }

  /** The categories that go right, ascending: a copy. */
  public int[] categories(int node) {
    int start = categories.start[node];
    return Arrays.copyOfRange(categories.sorted, start, start + categories.size[node]);
  }

  /** Ints that all sets take, with a size in front of each. */
  int numCategoryEntries() {
    int entries = 0;
    for (int size : categories.size) {
      entries += size == 0 ? 0 : size + 1;
    }
    return entries;
  }

  /** The {@code index}th value of a leaf. */
  public float leafValue(int node, int index) {
    return leaves.width == 1
        ? leaves.values[node]
        : leaves.values[leaves.rowOfNode[node] * leaves.width + index];
  }

  /**
   * Where a row goes from a node.
   *
   * @param value the row's value of {@link #feature}, NaN when it is missing
   */
  public int next(int node, float value) {
    boolean left;
    if (Float.isNaN(value)) {
      left = splits.defaultLeft[node];
    } else if (isCategorical(node)) {
      left = !isChosen(categories.sorted, categories.start[node], categories.size[node], value);
    } else {
      left = value < splits.threshold[node];
    }
    return left ? splits.left[node] : splits.right[node];
  }

  /**
   * Whether a value, truncated to an integer, is one of {@code sorted[start .. start + size - 1]}.
   * A value that cannot be a category is in no set.
   */
  static boolean isChosen(int[] sorted, int start, int size, float value) {
    if (value < 0 || value >= FIRST_INVALID_CATEGORY) {
      return false;
    }
    return Arrays.binarySearch(sorted, start, start + size, (int) value) >= 0;
  }
}

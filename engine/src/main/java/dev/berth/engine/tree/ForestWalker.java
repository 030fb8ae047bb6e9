package dev.berth.engine.tree;

import static dev.berth.engine.tree.ForestArrays.LEFT;
import static dev.berth.engine.tree.ForestArrays.NODE_INTS;
import static dev.berth.engine.tree.ForestArrays.SLOT;
import static dev.berth.engine.tree.ForestArrays.THRESHOLD;

/**
 * Walks from roots to leaves, four walks in flight at once: a single one would wait for memory at
 * every step. A step has no branch: key minus threshold, as a long, is negative exactly when the
 * value goes left.
 */
final class ForestWalker {
  /** Walks in flight. */
  static final int LANES = 4;

  /** Steps before asking whether every walk has arrived: deep trees mostly have short paths. */
  private static final int STEPS_BETWEEN_CHECKS = 8;

  private final ForestArrays arrays;

  ForestWalker(ForestArrays arrays) {
    this.arrays = arrays;
  }

  /** The leaves of one tree for {@code count} rows, whose keys lie {@code stride} apart. */
  void walkRows(int tree, int[] keys, int stride, int count, int[] reached) {
    int root = arrays.rootOfTree[tree];
    int row = 0;
    if (!arrays.hasCategories[tree]) {
      for (; row + LANES <= count; row += LANES) {
        int at = row * stride;
        walkFourRows(root, arrays.depthOfTree[tree], keys, at, stride, reached, row);
      }
    }
    for (; row < count; row++) {
      reached[row] = walk(tree, keys, row * stride);
    }
  }

  /**
   * The leaves of {@code count} trees, at most {@link #LANES}, for the row with keys at {@code at}.
   */
  void walkTrees(int firstTree, int count, int[] keys, int at, int[] reached) {
    if (count == LANES && noCategories(firstTree)) {
      walkFourTrees(firstTree, keys, at, reached);
      return;
    }
    for (int i = 0; i < count; i++) {
      reached[i] = walk(firstTree + i, keys, at);
    }
  }

  private boolean noCategories(int firstTree) {
    boolean[] has = arrays.hasCategories;
    return !(has[firstTree] || has[firstTree + 1] || has[firstTree + 2] || has[firstTree + 3]);
  }

  private void walkFourRows(
      int root, int depth, int[] keys, int at, int stride, int[] reached, int into) {
    int[] nodes = arrays.nodes;
    int second = at + stride;
    int third = second + stride;
    int fourth = third + stride;
    int a = root;
    int b = root;
    int c = root;
    int d = root;
    for (int left = depth; left > 0; left -= STEPS_BETWEEN_CHECKS) {
      for (int step = Math.min(left, STEPS_BETWEEN_CHECKS); step > 0; step--) {
        a = next(nodes, a, keys, at);
        b = next(nodes, b, keys, second);
        c = next(nodes, c, keys, third);
        d = next(nodes, d, keys, fourth);
      }
      if (isLeaf(nodes, a) && isLeaf(nodes, b) && isLeaf(nodes, c) && isLeaf(nodes, d)) {
        break;
      }
    }
    reached[into] = a;
    reached[into + 1] = b;
    reached[into + 2] = c;
    reached[into + 3] = d;
  }

  private void walkFourTrees(int tree, int[] keys, int at, int[] reached) {
    int[] nodes = arrays.nodes;
    int[] depths = arrays.depthOfTree;
    int a = arrays.rootOfTree[tree];
    int b = arrays.rootOfTree[tree + 1];
    int c = arrays.rootOfTree[tree + 2];
    int d = arrays.rootOfTree[tree + 3];
    int depth =
        Math.max(
            Math.max(depths[tree], depths[tree + 1]), Math.max(depths[tree + 2], depths[tree + 3]));
    for (int left = depth; left > 0; left -= STEPS_BETWEEN_CHECKS) {
      for (int step = Math.min(left, STEPS_BETWEEN_CHECKS); step > 0; step--) {
        a = next(nodes, a, keys, at);
        b = next(nodes, b, keys, at);
        c = next(nodes, c, keys, at);
        d = next(nodes, d, keys, at);
      }
      if (isLeaf(nodes, a) && isLeaf(nodes, b) && isLeaf(nodes, c) && isLeaf(nodes, d)) {
        break;
      }
    }
    reached[0] = a;
    reached[1] = b;
    reached[2] = c;
    reached[3] = d;
  }

  private static int next(int[] nodes, int node, int[] keys, int at) {
    int i = node * NODE_INTS;
    long difference = (long) keys[at + nodes[i + SLOT]] - nodes[i + THRESHOLD];
    return nodes[i + LEFT] + 1 + (int) (difference >> 63);
  }

  private static boolean isLeaf(int[] nodes, int node) {
    return nodes[node * NODE_INTS + LEFT] == node - 1;
  }

  private int walk(int tree, int[] keys, int at) {
    int[] nodes = arrays.nodes;
    int node = arrays.rootOfTree[tree];
    while (!isLeaf(nodes, node)) {
      int i = node * NODE_INTS;
      int slot = nodes[i + SLOT];
      if (slot >= 0) {
        node = next(nodes, node, keys, at);
      } else {
        boolean left = categoryGoesLeft(keys[at + ~slot], nodes[i + THRESHOLD]);
        node = nodes[i + LEFT] + (left ? 0 : 1);
      }
    }
    return node;
  }

  private boolean categoryGoesLeft(int key, int set) {
    if (key == RowKeys.MISSING_GOES_LEFT || key == RowKeys.MISSING_GOES_RIGHT) {
      return key == RowKeys.MISSING_GOES_LEFT;
    }
    int[] sets = arrays.categorySets;
    return !Tree.isChosen(sets, set + 1, sets[set], RowKeys.toFloat(key));
  }
}

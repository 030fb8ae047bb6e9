package dev.berth.engine.tree;

import static dev.berth.engine.tree.LinkedArrays.LEFT;
import static dev.berth.engine.tree.LinkedArrays.NODE_INTS;
import static dev.berth.engine.tree.LinkedArrays.SLOT;
import static dev.berth.engine.tree.LinkedArrays.THRESHOLD;

import java.util.Arrays;

/**
 * Trees of any shape, categories and vector leaves included: nodes name their children. Walks from
 * roots to leaves, four walks in flight at once: a single one would wait for memory at every step.
 * A step has no branch: key minus threshold, as a long, is negative exactly when the value goes
 * left.
 */
final class LinkedTrees implements ForestLayout {
  /** Four ints and the number in the file. */
  static final long BYTES_PER_NODE = 20;

  /** Walks in flight. */
  static final int LANES = 4;

  /** Steps before asking whether every walk has arrived: deep trees mostly have short paths. */
  private static final int STEPS_BETWEEN_CHECKS = 8;

  private final LinkedArrays arrays;

  LinkedTrees(LinkedArrays arrays) {
    this.arrays = arrays;
  }

  @Override
  public int minRows() {
    return LANES;
  }

  @Override
  public int numTrees() {
    return arrays.rootOfTree.length;
  }

  @Override
  public long stepsPerRow() {
    return Arrays.stream(arrays.depthOfTree).asLongStream().sum();
  }

  @Override
  public void walkRows(int tree, int[][] keys, int count, int[] reached) {
    int row = 0;
    if (!arrays.hasCategories[tree]) {
      for (; row + LANES <= count; row += LANES) {
        walkFourRows(tree, keys, row, reached);
      }
    }
    for (; row < count; row++) {
      reached[row] = walk(tree, keys[row]);
    }
  }

  @Override
  public void addRow(int[] keys, int[] reached, float[] out, int at) {
    int trees = numTrees();
    for (int tree = 0; tree < trees; tree += LANES) {
      int count = Math.min(LANES, trees - tree);
      if (count == LANES && noCategories(tree)) {
        walkFourTrees(tree, keys, reached);
      } else {
        for (int i = 0; i < count; i++) {
          reached[i] = walk(tree + i, keys);
        }
      }
      for (int i = 0; i < count; i++) {
        addLeaf(tree + i, reached[i], out, at);
      }
    }
  }

  @Override
  public void addLeaves(int tree, int[] reached, int count, float[] out, int outAt) {
    for (int row = 0; row < count; row++) {
      addLeaf(tree, reached[row], out, outAt + row * arrays.outputs);
    }
  }

  private void addLeaf(int tree, int node, float[] out, int at) {
    int value = arrays.nodes[node * NODE_INTS + LinkedArrays.VALUE];
    if (arrays.leafWidth == 1) {
      out[at + arrays.outputOfTree[tree]] += Float.intBitsToFloat(value);
      return;
    }
    for (int i = 0; i < arrays.leafWidth; i++) {
      out[at + i] += arrays.leafVectors[value + i];
    }
  }

  @Override
  public int fileNode(int reached) {
    return arrays.fileNode[reached];
  }

  private boolean noCategories(int firstTree) {
    boolean[] has = arrays.hasCategories;
    return !(has[firstTree] || has[firstTree + 1] || has[firstTree + 2] || has[firstTree + 3]);
  }

  private void walkFourRows(int tree, int[][] keys, int row, int[] reached) {
    int[] nodes = arrays.nodes;
    int root = arrays.rootOfTree[tree];
    int depth = arrays.depthOfTree[tree];
    int[] first = keys[row];
    int[] second = keys[row + 1];
    int[] third = keys[row + 2];
    int[] fourth = keys[row + 3];
    int a = root;
    int b = root;
    int c = root;
    int d = root;
    for (int left = depth; left > 0; left -= STEPS_BETWEEN_CHECKS) {
      for (int step = Math.min(left, STEPS_BETWEEN_CHECKS); step > 0; step--) {
        a = next(nodes, a, first);
        b = next(nodes, b, second);
        c = next(nodes, c, third);
        d = next(nodes, d, fourth);
      }
      if (isLeaf(nodes, a) && isLeaf(nodes, b) && isLeaf(nodes, c) && isLeaf(nodes, d)) {
        break;
      }
    }
    reached[row] = a;
    reached[row + 1] = b;
    reached[row + 2] = c;
    reached[row + 3] = d;
  }

  private void walkFourTrees(int tree, int[] keys, int[] reached) {
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
        a = next(nodes, a, keys);
        b = next(nodes, b, keys);
        c = next(nodes, c, keys);
        d = next(nodes, d, keys);
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

  private static int next(int[] nodes, int node, int[] keys) {
    int i = node * NODE_INTS;
    long difference = (long) keys[nodes[i + SLOT]] - nodes[i + THRESHOLD];
    return nodes[i + LEFT] + 1 + (int) (difference >> 63);
  }

  private static boolean isLeaf(int[] nodes, int node) {
    return nodes[node * NODE_INTS + LEFT] == node - 1;
  }

  private int walk(int tree, int[] keys) {
    int[] nodes = arrays.nodes;
    int node = arrays.rootOfTree[tree];
    while (!isLeaf(nodes, node)) {
      int i = node * NODE_INTS;
      int slot = nodes[i + SLOT];
      if (slot >= 0) {
        node = next(nodes, node, keys);
      } else {
        boolean left = categoryGoesLeft(keys[~slot], nodes[i + THRESHOLD]);
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

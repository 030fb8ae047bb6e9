package dev.berth.engine.format;

import dev.berth.engine.tree.Tree;
import java.util.Arrays;

/**
 * Makes a tree of its arrays once every step of it is known to be safe: walking from the root, no
 * index leaves its array and no node is met twice, so that every walk ends.
 */
final class TreeChecker {
  private final int index;
  private final ParsedTree parsed;
  private final int numFeatures;
  private final int outputs;

  TreeChecker(int index, ParsedTree parsed, int numFeatures, int outputs) {
    this.index = index;
    this.parsed = parsed;
    this.numFeatures = numFeatures;
    this.outputs = outputs;
  }

  Tree check() throws ModelFormatException {
    if (parsed.numNodes < 1) {
      throw fault("there are no nodes");
    }
    checkLength("left_children", parsed.left == null ? -1 : parsed.left.length);
    checkLength("right_children", parsed.right == null ? -1 : parsed.right.length);
    checkLength("split_indices", parsed.feature == null ? -1 : parsed.feature.length);
    checkLength("split_conditions", parsed.condition == null ? -1 : parsed.condition.length);
    checkLength("default_left", parsed.defaultLeft == null ? -1 : parsed.defaultLeft.length);
    if (parsed.cover != null) {
      checkLength("sum_hessian", parsed.cover.length);
    }
    Tree.CategorySets categories =
        parsed.splitType == null
            ? Tree.CategorySets.NONE
            : new CategoryChecker(index, parsed).check();
    int depth = checkShape();
    return new Tree(
        new Tree.Splits(parsed.left, parsed.right, parsed.feature, parsed.condition, defaultLeft()),
        leaves(),
        categories,
        parsed.cover == null ? new float[0] : parsed.cover,
        depth);
  }

  private void checkLength(String field, int length) throws ModelFormatException {
    if (length < 0) {
      throw fault("there is no field '" + field + "'");
    }
    if (length != parsed.numNodes) {
      throw fault(field + " has " + length + " entries for " + parsed.numNodes + " nodes");
    }
  }

  /** Goes through all nodes below the root, level by level; answers the number of levels below. */
  private int checkShape() throws ModelFormatException {
    boolean[] met = new boolean[parsed.numNodes];
    int[] queue = new int[parsed.numNodes];
    met[0] = true;
    int end = 1;
    int levelEnd = 1;
    int depth = 0;
    for (int i = 0; i < end; i++) {
      if (i == levelEnd) {
        depth++;
        levelEnd = end;
      }
      int node = queue[i];
      if (parsed.left[node] == Tree.NO_CHILD) {
        continue;
      }
      checkSplit(node);
      checkChild(node, "left", parsed.left[node], met);
      queue[end++] = parsed.left[node];
      checkChild(node, "right", parsed.right[node], met);
      queue[end++] = parsed.right[node];
    }
    return depth;
  }

  private void checkSplit(int node) throws ModelFormatException {
    if (parsed.feature[node] < 0 || parsed.feature[node] >= numFeatures) {
      throw fault(
          node,
          "feature "
              + parsed.feature[node]
              + " is beyond the model's "
              + numFeatures
              + " features");
    }
    int direction = parsed.defaultLeft[node];
    if (direction != 0 && direction != 1) {
      throw fault(node, "default_left is " + direction + ", neither 0 nor 1");
    }
  }

  private void checkChild(int node, String side, int child, boolean[] met)
      throws ModelFormatException {
    if (child < 0 || child >= parsed.numNodes) {
      throw fault(
          node, side + " child " + child + " is beyond the tree's " + parsed.numNodes + " nodes");
    }
    if (met[child]) {
      throw fault(node, side + " child " + child + " is reached by another way, too");
    }
    met[child] = true;
  }

  private boolean[] defaultLeft() {
    boolean[] left = new boolean[parsed.numNodes];
    for (int node = 0; node < left.length; node++) {
      left[node] = parsed.defaultLeft[node] == 1;
    }
    return left;
  }

  private Tree.Leaves leaves() throws ModelFormatException {
    if (parsed.leafVectorSize <= 1) {
      for (int node = 0; node < parsed.numNodes; node++) {
        if (parsed.left[node] == Tree.NO_CHILD && !Float.isFinite(parsed.condition[node])) {
          throw fault(node, "the leaf's value is " + parsed.condition[node]);
        }
      }
      return Tree.Leaves.scalar(parsed.condition);
    }
    int width = parsed.leafVectorSize;
    if (width != outputs) {
      throw fault("leaves of " + width + " values for " + outputs + " outputs");
    }
    // Since 3.2 a leaf's right child is its row of leaf_weights; before, all nodes have a row.
    boolean compact = parsed.leafWeights != null;
    float[] values = compact ? parsed.leafWeights : parsed.baseWeights;
    if (values == null) {
      throw fault("leaves are vectors, but there is neither leaf_weights nor base_weights");
    }
    int[] rowOfNode = new int[parsed.numNodes];
    boolean[] taken = new boolean[values.length / width];
    for (int node = 0; node < parsed.numNodes; node++) {
      if (parsed.left[node] == Tree.NO_CHILD) {
        rowOfNode[node] = compact ? parsed.right[node] : node;
        checkVector(node, rowOfNode[node], values, taken);
      }
    }
    return Tree.Leaves.vectors(width, values, rowOfNode);
  }

  private void checkVector(int node, int row, float[] values, boolean[] taken)
      throws ModelFormatException {
    if (row < 0 || row >= taken.length) {
      throw fault(node, "row " + row + " is beyond the " + taken.length + " vectors of leaves");
    }
    if (taken[row]) {
      throw fault(node, "row " + row + " of the leaf vectors is another leaf's, too");
    }
    taken[row] = true;
    int width = parsed.leafVectorSize;
    for (float value : Arrays.copyOfRange(values, row * width, (row + 1) * width)) {
      if (!Float.isFinite(value)) {
        throw fault(node, "the leaf has the value " + value);
      }
    }
  }

  private ModelFormatException fault(String what) {
    return new ModelFormatException("tree " + index + ": " + what);
  }

  private ModelFormatException fault(int node, String what) {
    return new ModelFormatException("tree " + index + ", node " + node + ": " + what);
  }
}

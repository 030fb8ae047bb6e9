package dev.berth.engine.format;

import dev.berth.engine.tree.Tree;
import java.util.Arrays;

/** Finds the categories of each node that splits by category. */
final class CategoryChecker {
  /** Categories from here on cannot be told apart as floats; XGBoost refuses them, too. */
  private static final int FIRST_INVALID_CATEGORY = 1 << 24;

  private static final int NUMERIC = 0;
  private static final int CATEGORICAL = 1;

  private final int index;
  private final ParsedTree parsed;

  CategoryChecker(int index, ParsedTree parsed) {
    this.index = index;
    this.parsed = parsed;
  }

  Tree.CategorySets check() throws ModelFormatException {
    int[] types = parsed.splitType;
    if (types.length != parsed.numNodes) {
      throw fault("split_type has " + types.length + " entries for " + parsed.numNodes + " nodes");
    }
    boolean any = false;
    for (int node = 0; node < types.length; node++) {
      if (types[node] != NUMERIC && types[node] != CATEGORICAL) {
        throw fault("node " + node + " has the unknown split type " + types[node]);
      }
      any |= types[node] == CATEGORICAL;
    }
    boolean lists = parsed.categoryNodes != null && parsed.categoryNodes.length > 0;
    return any || lists ? sets() : Tree.CategorySets.NONE;
  }

  private Tree.CategorySets sets() throws ModelFormatException {
    int[] nodes = parsed.categoryNodes;
    int[] starts = parsed.categoryStarts;
    int[] sizes = parsed.categorySizes;
    int[] categories = parsed.categories;
    if (nodes == null || starts == null || sizes == null || categories == null) {
      throw fault("it splits by category, but there are no lists of categories");
    }
    if (starts.length != nodes.length || sizes.length != nodes.length) {
      throw fault(
          nodes.length
              + " nodes split by category, with "
              + starts.length
              + " segments of "
              + sizes.length
              + " sizes");
    }
    int[] startOfNode = new int[parsed.numNodes];
    int[] sizeOfNode = new int[parsed.numNodes];
    int[] sorted = categories.clone();
    long end = 0;
    for (int i = 0; i < nodes.length; i++) {
      int node = nodes[i];
      if (node < 0 || node >= parsed.numNodes || parsed.splitType[node] != CATEGORICAL) {
        throw fault("node " + node + " has categories, but does not split by them");
      }
      if (starts[i] != end || sizes[i] < 1 || end + sizes[i] > sorted.length) {
        throw fault(
            "node "
                + node
                + " has "
                + sizes[i]
                + " categories from "
                + starts[i]
                + " on, of "
                + sorted.length);
      }
      end += sizes[i];
      if (sizeOfNode[node] != 0) {
        throw fault("node " + node + " has categories twice");
      }
      startOfNode[node] = starts[i];
      sizeOfNode[node] = sizes[i];
      Arrays.sort(sorted, starts[i], (int) end);
      checkRange(node, sorted[starts[i]], sorted[(int) end - 1]);
    }
    checkAllFound(sizeOfNode);
    return new Tree.CategorySets(startOfNode, sizeOfNode, sorted);
  }

  private void checkRange(int node, int least, int most) throws ModelFormatException {
    if (least < 0 || most >= FIRST_INVALID_CATEGORY) {
      throw fault("node " + node + " has a category outside 0 to 16777215");
    }
  }

  private void checkAllFound(int[] sizeOfNode) throws ModelFormatException {
    for (int node = 0; node < sizeOfNode.length; node++) {
      boolean isSplit = parsed.left[node] != Tree.NO_CHILD;
      if (isSplit && parsed.splitType[node] == CATEGORICAL && sizeOfNode[node] == 0) {
        throw fault("node " + node + " splits by category, but has none");
      }
    }
  }

  private ModelFormatException fault(String what) {
    return new ModelFormatException("tree " + index + ": " + what);
  }
}

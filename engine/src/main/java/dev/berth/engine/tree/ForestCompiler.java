package dev.berth.engine.tree;

import java.util.Arrays;

/** Lays trees out as {@link ForestArrays}. */
final class ForestCompiler {
  private final TreeEnsemble ensemble;
  private final ForestArrays arrays = new ForestArrays();
  private int nodesUsed;
  private int categoriesUsed;
  private int vectorsUsed;

  private ForestCompiler(TreeEnsemble ensemble) {
    this.ensemble = ensemble;
  }

  static ForestArrays compile(TreeEnsemble ensemble) {
    return new ForestCompiler(ensemble).compile();
  }

  private ForestArrays compile() {
    int trees = ensemble.trees().size();
    int nodes = 0;
    int categories = 0;
    int leaves = 0;
    for (Tree tree : ensemble.trees()) {
      int reachable = reachableNodes(tree).length;
      nodes = Math.addExact(nodes, reachable);
      leaves += (reachable + 1) / 2;
      categories = Math.addExact(categories, tree.numCategoryEntries());
    }
    arrays.nodes = new int[Math.multiplyExact(nodes, ForestArrays.NODE_INTS)];
    arrays.fileNode = new int[nodes];
    arrays.numFeatures = ensemble.numFeatures();
    arrays.baseMargins = ensemble.baseMargins();
    arrays.rootOfTree = new int[trees];
    arrays.depthOfTree = new int[trees];
    arrays.outputOfTree = new int[trees];
    arrays.hasCategories = new boolean[trees];
    arrays.categorySets = new int[categories];
    arrays.leafWidth = trees == 0 ? 1 : ensemble.trees().getFirst().leafWidth();
    arrays.leafVectors =
        new float[arrays.leafWidth == 1 ? 0 : Math.multiplyExact(leaves, arrays.leafWidth)];
    arrays.columns = usedFeatures();
    for (int i = 0; i < trees; i++) {
      add(i);
    }
    return arrays;
  }

  private int[] usedFeatures() {
    return ensemble.trees().stream()
        .flatMapToInt(
            tree ->
                Arrays.stream(reachableNodes(tree))
                    .filter(node -> !tree.isLeaf(node))
                    .map(tree::feature))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Breadth-first, so that both children of a node are neighbours. */
  private static int[] reachableNodes(Tree tree) {
    int[] order = new int[tree.numNodes()];
    int end = 1;
    for (int i = 0; i < end; i++) {
      int node = order[i];
      if (!tree.isLeaf(node)) {
        order[end++] = tree.left(node);
        order[end++] = tree.right(node);
      }
    }
    return Arrays.copyOf(order, end);
  }

  private void add(int index) {
    Tree tree = ensemble.trees().get(index);
    int root = nodesUsed;
    arrays.rootOfTree[index] = root;
    arrays.depthOfTree[index] = tree.depth();
    arrays.outputOfTree[index] = ensemble.outputOf(index);
    int[] order = reachableNodes(tree);
    int children = root + 1;
    for (int i = 0; i < order.length; i++) {
      int node = order[i];
      int position = root + i;
      arrays.fileNode[position] = node;
      if (tree.isLeaf(node)) {
        addLeaf(tree, node, position, ensemble.weightOf(index));
      } else {
        addSplit(tree, node, position, children);
        children += 2;
        arrays.hasCategories[index] |= tree.isCategorical(node);
      }
    }
    nodesUsed += order.length;
  }

  private void addLeaf(Tree tree, int node, int position, float weight) {
    int at = position * ForestArrays.NODE_INTS;
    arrays.nodes[at + ForestArrays.SLOT] = 0;
    arrays.nodes[at + ForestArrays.THRESHOLD] = Integer.MIN_VALUE;
    arrays.nodes[at + ForestArrays.LEFT] = position - 1;
    if (arrays.leafWidth == 1) {
      float value = tree.leafValue(node, 0) * weight;
      arrays.nodes[at + ForestArrays.VALUE] = Float.floatToRawIntBits(value);
      return;
    }
    arrays.nodes[at + ForestArrays.VALUE] = vectorsUsed;
    for (int i = 0; i < arrays.leafWidth; i++) {
      arrays.leafVectors[vectorsUsed++] = tree.leafValue(node, i) * weight;
    }
  }

  private void addSplit(Tree tree, int node, int position, int children) {
    int slot = Arrays.binarySearch(arrays.columns, tree.feature(node));
    if (tree.defaultLeft(node)) {
      slot += arrays.columns.length;
    }
    int at = position * ForestArrays.NODE_INTS;
    arrays.nodes[at + ForestArrays.LEFT] = children;
    if (tree.isCategorical(node)) {
      int[] categories = tree.categories(node);
      arrays.nodes[at + ForestArrays.SLOT] = ~slot;
      arrays.nodes[at + ForestArrays.THRESHOLD] = categoriesUsed;
      arrays.categorySets[categoriesUsed++] = categories.length;
      System.arraycopy(categories, 0, arrays.categorySets, categoriesUsed, categories.length);
      categoriesUsed += categories.length;
    } else {
      arrays.nodes[at + ForestArrays.SLOT] = slot;
      arrays.nodes[at + ForestArrays.THRESHOLD] = RowKeys.ofThreshold(tree.threshold(node));
    }
  }
}

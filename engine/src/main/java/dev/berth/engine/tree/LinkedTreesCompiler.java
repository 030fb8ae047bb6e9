package dev.berth.engine.tree;

/** Lays trees out as {@link LinkedArrays}. */
final class LinkedTreesCompiler {
  private final TreeEnsemble ensemble;
  private final KeyPlan plan;
  private final LinkedArrays arrays = new LinkedArrays();
  private int nodesUsed;
  private int categoriesUsed;
  private int vectorsUsed;

  private LinkedTreesCompiler(TreeEnsemble ensemble, KeyPlan plan) {
    this.ensemble = ensemble;
    this.plan = plan;
  }

  static LinkedTrees compile(TreeEnsemble ensemble, KeyPlan plan) {
    return new LinkedTrees(new LinkedTreesCompiler(ensemble, plan).compile());
  }

  private LinkedArrays compile() {
    int trees = ensemble.trees().size();
    int nodes = 0;
    int categories = 0;
    int leaves = 0;
    for (Tree tree : ensemble.trees()) {
      int reachable = tree.breadthFirst().length;
      nodes = Math.addExact(nodes, reachable);
      leaves += (reachable + 1) / 2;
      categories = Math.addExact(categories, tree.numCategoryEntries());
    }
    arrays.nodes = new int[Math.multiplyExact(nodes, LinkedArrays.NODE_INTS)];
    arrays.fileNode = new int[nodes];
    arrays.outputs = ensemble.numOutputs();
    arrays.rootOfTree = new int[trees];
    arrays.depthOfTree = new int[trees];
    arrays.outputOfTree = new int[trees];
    arrays.hasCategories = new boolean[trees];
    arrays.categorySets = new int[categories];
    arrays.leafWidth = trees == 0 ? 1 : ensemble.trees().getFirst().leafWidth();
    arrays.leafVectors =
        new float[arrays.leafWidth == 1 ? 0 : Math.multiplyExact(leaves, arrays.leafWidth)];
    for (int i = 0; i < trees; i++) {
      add(i);
    }
    return arrays;
  }

  private void add(int index) {
    Tree tree = ensemble.trees().get(index);
    int root = nodesUsed;
    arrays.rootOfTree[index] = root;
    arrays.depthOfTree[index] = tree.depth();
    arrays.outputOfTree[index] = ensemble.outputOf(index);
    int[] order = tree.breadthFirst();
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
    int at = position * LinkedArrays.NODE_INTS;
    arrays.nodes[at + LinkedArrays.SLOT] = 0;
    arrays.nodes[at + LinkedArrays.THRESHOLD] = Integer.MIN_VALUE;
    arrays.nodes[at + LinkedArrays.LEFT] = position - 1;
    if (arrays.leafWidth == 1) {
      float value = tree.leafValue(node, 0) * weight;
      arrays.nodes[at + LinkedArrays.VALUE] = Float.floatToRawIntBits(value);
      return;
    }
    arrays.nodes[at + LinkedArrays.VALUE] = vectorsUsed;
    for (int i = 0; i < arrays.leafWidth; i++) {
      arrays.leafVectors[vectorsUsed++] = tree.leafValue(node, i) * weight;
    }
  }

  private void addSplit(Tree tree, int node, int position, int children) {
    int slot = plan.slotOf(tree, node);
    int at = position * LinkedArrays.NODE_INTS;
    arrays.nodes[at + LinkedArrays.LEFT] = children;
    if (tree.isCategorical(node)) {
      int[] categories = tree.categories(node);
      arrays.nodes[at + LinkedArrays.SLOT] = ~slot;
      arrays.nodes[at + LinkedArrays.THRESHOLD] = categoriesUsed;
      arrays.categorySets[categoriesUsed++] = categories.length;
      System.arraycopy(categories, 0, arrays.categorySets, categoriesUsed, categories.length);
      categoriesUsed += categories.length;
    } else {
      arrays.nodes[at + LinkedArrays.SLOT] = slot;
      arrays.nodes[at + LinkedArrays.THRESHOLD] = RowKeys.ofThreshold(tree.threshold(node));
    }
  }
}

package dev.berth.engine.tree;

import java.util.Optional;

/** Lays trees out as {@link CompleteTrees}, where that costs little memory. */
final class CompleteTreesCompiler {
  /** A complete tree has {@code 1 << depth} leaves. */
  private static final int MAX_DEPTH = 12;

  /** What a node or leaf takes: its int, or its value and its number in the file. */
  private static final long BYTES_PER_PLACE = 12;

  /** Forests below this are padded however bushy they are not. */
  private static final long SMALL_BYTES = 1 << 18;

  private static final int MAX_SLOTS = CompleteTrees.SLOT_MASK;
  private static final int MAX_CUTS = Short.MAX_VALUE;

  private final TreeEnsemble ensemble;
  private final KeyPlan plan;
  private final CompleteTrees layout;

  private CompleteTreesCompiler(TreeEnsemble ensemble, KeyPlan plan) {
    this.ensemble = ensemble;
    this.plan = plan;
    this.layout = new CompleteTrees(ensemble, groupDepths(ensemble));
  }

  /** The layout, or empty when it does not suit the ensemble. */
  static Optional<CompleteTrees> compile(TreeEnsemble ensemble, KeyPlan plan) {
    return suits(ensemble, plan)
        ? Optional.of(new CompleteTreesCompiler(ensemble, plan).compile())
        : Optional.empty();
  }

  private static boolean suits(TreeEnsemble ensemble, KeyPlan plan) {
    if (plan.hasCategories() || ensemble.hasVectorLeaves()) {
      return false;
    }
    if (plan.keysPerRow() > MAX_SLOTS || plan.mostCuts() > MAX_CUTS) {
      return false;
    }
    long padded = 0;
    for (int depth : groupDepths(ensemble)) {
      if (depth > MAX_DEPTH) {
        return false;
      }
      padded += (BYTES_PER_PLACE * CompleteTrees.LANES) << depth;
    }
    long linked = 0;
    for (Tree tree : ensemble.trees()) {
      linked += LinkedTrees.BYTES_PER_NODE * tree.breadthFirst().length;
    }
    return padded <= Math.max(SMALL_BYTES, 2 * linked);
  }

  private static int[] groupDepths(TreeEnsemble ensemble) {
    int trees = ensemble.trees().size();
    int[] depths = new int[Math.ceilDiv(trees, CompleteTrees.LANES)];
    for (int tree = 0; tree < trees; tree++) {
      int group = tree / CompleteTrees.LANES;
      depths[group] = Math.max(depths[group], ensemble.trees().get(tree).depth());
    }
    return depths;
  }

  private CompleteTrees compile() {
    for (int tree = 0; tree < layout.numTrees(); tree++) {
      place(tree);
    }
    return layout;
  }

  /** Level by level: {@code places[p]} is the node of the file that is at place p. */
  private void place(int index) {
    Tree tree = ensemble.trees().get(index);
    int start = layout.treeStart(index);
    int full = 1 << layout.groupDepth[index / CompleteTrees.LANES];
    int[] places = new int[2 * full];
    for (int p = 1; p < full; p++) {
      int node = places[p];
      if (tree.isLeaf(node)) {
        // A short path goes on to copies of its leaf, whichever way.
        places[2 * p] = node;
        places[2 * p + 1] = node;
      } else {
        places[2 * p] = tree.left(node);
        places[2 * p + 1] = tree.right(node);
        int rank = plan.rankOf(tree, node) << CompleteTrees.RANK_SHIFT;
        layout.nodes[start + p] = rank | plan.slotOf(tree, node);
      }
    }
    for (int leaf = 0; leaf < full; leaf++) {
      int node = places[full + leaf];
      layout.leaves[start + leaf] = tree.leafValue(node, 0) * ensemble.weightOf(index);
      layout.fileNodes[start + leaf] = node;
    }
  }
}

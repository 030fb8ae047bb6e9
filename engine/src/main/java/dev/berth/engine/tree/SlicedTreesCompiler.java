package dev.berth.engine.tree;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Lays trees out as {@link SlicedTrees}. */
final class SlicedTreesCompiler {
  /** What is left of an int beside a node's place. */
  private static final int MAX_MASKS = 1 << (Integer.SIZE - SlicedTrees.PLACE_BITS);

  private final TreeEnsemble ensemble;
  private final RowMasks masks;
  private final SlicedTrees layout;
  private int nodesUsed;
  private int leavesUsed;

  private SlicedTreesCompiler(TreeEnsemble ensemble, RowMasks masks) {
    this.ensemble = ensemble;
    this.masks = masks;
    int nodes = 0;
    int leaves = 0;
    for (Tree tree : ensemble.trees()) {
      nodes += tree.breadthFirst().length / 2;
      leaves += 1 << tree.depth();
    }
    this.layout = new SlicedTrees(nodes, leaves, ensemble.trees().size(), ensemble.numOutputs());
  }

  /** Whether the layout can hold an ensemble. */
  static boolean fits(TreeEnsemble ensemble, KeyPlan plan) {
    return !plan.hasCategories()
        && !ensemble.hasVectorLeaves()
        && 2L * (plan.cuts().length + plan.columns().length) < MAX_MASKS
        && ensemble.trees().stream().allMatch(tree -> tree.depth() <= SlicedTrees.MAX_DEPTH);
  }

  /** The layout of an ensemble that fits. */
  static SlicedTrees compile(TreeEnsemble ensemble, RowMasks masks) {
    return new SlicedTreesCompiler(ensemble, masks).compile();
  }

  private SlicedTrees compile() {
    int[] outputs =
        IntStream.range(0, ensemble.trees().size()).map(ensemble::outputOf).sorted().toArray();
    for (int output = 0; output <= ensemble.numOutputs(); output++) {
      int before = output;
      layout.outputStarts[output] =
          (int) Arrays.stream(outputs).takeWhile(other -> other < before).count();
    }
    int[] order =
        IntStream.range(0, outputs.length)
            .boxed()
            .sorted(Comparator.comparingInt(ensemble::outputOf))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < order.length; i++) {
      place(i, order[i]);
    }
    return layout;
  }

  private void place(int index, int treeOfFile) {
    Tree tree = ensemble.trees().get(treeOfFile);
    float weight = ensemble.weightOf(treeOfFile);
    layout.nodeStarts[index] = nodesUsed;
    layout.leafStarts[index] = leavesUsed;
    layout.depths[index] = (byte) tree.depth();
    // At place p of a level stands level[p - (1 << depth of the level)], or none.
    int[] level = {0};
    for (int depth = 0; depth <= tree.depth(); depth++) {
      placeLeaves(tree, weight, level, tree.depth() - depth);
      if (depth < tree.depth()) {
        int ends = (index * SlicedTrees.MAX_DEPTH + depth) * 2;
        placeSplits(tree, level, true);
        layout.levelEnds[ends] = nodesUsed;
        placeSplits(tree, level, false);
        layout.levelEnds[ends + 1] = nodesUsed;
        level = below(tree, level);
      }
    }
    leavesUsed += 1 << tree.depth();
  }

  /** A short path's leaf has the number of the leftmost leaf below it in a complete tree. */
  private void placeLeaves(Tree tree, float weight, int[] level, int levelsBelow) {
    for (int i = 0; i < level.length; i++) {
      if (level[i] >= 0 && tree.isLeaf(level[i])) {
        layout.leaves[leavesUsed + (i << levelsBelow)] = tree.leafValue(level[i], 0) * weight;
      }
    }
  }

  private void placeSplits(Tree tree, int[] level, boolean withSplitsBelow) {
    for (int i = 0; i < level.length; i++) {
      int node = level[i];
      if (node >= 0 && !tree.isLeaf(node) && hasSplitBelow(tree, node) == withSplitsBelow) {
        int place = level.length + i;
        layout.nodes[nodesUsed++] = masks.maskOf(tree, node) << SlicedTrees.PLACE_BITS | place;
      }
    }
  }

  private static boolean hasSplitBelow(Tree tree, int node) {
    return !tree.isLeaf(tree.left(node)) || !tree.isLeaf(tree.right(node));
  }

  private static int[] below(Tree tree, int[] level) {
    int[] children = new int[2 * level.length];
    for (int i = 0; i < level.length; i++) {
      boolean split = level[i] >= 0 && !tree.isLeaf(level[i]);
      children[2 * i] = split ? tree.left(level[i]) : Tree.NO_CHILD;
      children[2 * i + 1] = split ? tree.right(level[i]) : Tree.NO_CHILD;
    }
    return children;
  }
}

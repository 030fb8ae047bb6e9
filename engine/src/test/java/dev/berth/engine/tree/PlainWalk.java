package dev.berth.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.engine.rows.Rows;

/** What the trees of an ensemble answer when they are walked one by one as their file says. */
final class PlainWalk {
  private final int count;
  private final int outputs;
  private final int trees;
  private final float[] margins;
  private final int[] leaves;

  private PlainWalk(TreeEnsemble ensemble, int count) {
    this.count = count;
    this.outputs = ensemble.numOutputs();
    this.trees = ensemble.trees().size();
    this.margins = new float[count * outputs];
    this.leaves = new int[count * trees];
  }

  static PlainWalk of(TreeEnsemble ensemble, float[] rows, int count, float missing) {
    PlainWalk answers = new PlainWalk(ensemble, count);
    for (int row = 0; row < count; row++) {
      int at = row * answers.outputs;
      ensemble.baseMargins().begin(answers.margins, at);
      for (int i = 0; i < answers.trees; i++) {
        Tree tree = ensemble.trees().get(i);
        int leaf = leaf(tree, rows, row * ensemble.numFeatures(), missing);
        answers.leaves[row * answers.trees + i] = leaf;
        answers.margins[at + ensemble.outputOf(i)] +=
            tree.leafValue(leaf, 0) * ensemble.weightOf(i);
      }
      ensemble.baseMargins().end(answers.margins, at);
    }
    return answers;
  }

  private static int leaf(Tree tree, float[] rows, int start, float missing) {
    int node = 0;
    while (!tree.isLeaf(node)) {
      float value = rows[start + tree.feature(node)];
      node = tree.next(node, value == missing ? Float.NaN : value);
    }
    return node;
  }

  /** Holds a forest to these answers, asked in blocks of each of the sizes. */
  void hold(CompiledForest forest, Rows rows, int... blocks) {
    for (int block : blocks) {
      float[] someMargins = new float[margins.length];
      int[] someLeaves = new int[leaves.length];
      for (int first = 0; first < count; first += block) {
        int size = Math.min(block, count - first);
        forest.margins(rows, first, size, someMargins, first * outputs);
        forest.leaves(rows, first, size, someLeaves, first * trees);
      }
      assertThat(someMargins).as("margins in blocks of %s", block).isEqualTo(margins);
      assertThat(someLeaves).as("leaves in blocks of %s", block).isEqualTo(leaves);
    }
  }
}

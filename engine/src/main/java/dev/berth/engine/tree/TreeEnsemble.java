package dev.berth.engine.tree;

import java.util.List;

/** The trees of a gbtree or dart model, in file order. Immutable. */
public final class TreeEnsemble {
  private final List<Tree> trees;
  private final int[] outputOfTree;
  private final float[] treeWeights;
  private final int numFeatures;
  private final BaseMargins baseMargins;

  /**
   * An ensemble.
   *
   * @param outputOfTree which output each tree adds to; ignored by trees of vector leaves
   * @param treeWeights what dart multiplies each tree's leaves by; 1 elsewhere
   * @param baseMargins where each output's margin begins
   */
  public TreeEnsemble(
      List<Tree> trees,
      int[] outputOfTree,
      float[] treeWeights,
      int numFeatures,
      BaseMargins baseMargins) {
    this.trees = List.copyOf(trees);
    this.outputOfTree = outputOfTree.clone();
    this.treeWeights = treeWeights.clone();
    this.numFeatures = numFeatures;
    this.baseMargins = baseMargins;
  }

  /** The trees, in file order. */
  public List<Tree> trees() {
    return trees;
  }

  /** The output that a tree of scalar leaves adds to. */
  public int outputOf(int tree) {
    return outputOfTree[tree];
  }

  /** The factor of a tree's leaves. */
  public float weightOf(int tree) {
    return treeWeights[tree];
  }

  /** Values a row. */
  public int numFeatures() {
    return numFeatures;
  }

  /** Margins a row. */
  public int numOutputs() {
    return baseMargins.size();
  }

  /** Where each output's margin begins. */
  public BaseMargins baseMargins() {
    return baseMargins;
  }

  /** Whether leaves are vectors of one value an output. */
  public boolean hasVectorLeaves() {
    return trees.stream().anyMatch(tree -> tree.leafWidth() > 1);
  }
}

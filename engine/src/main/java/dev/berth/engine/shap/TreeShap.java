package dev.berth.engine.shap;

import dev.berth.engine.tree.Tree;
import dev.berth.engine.tree.TreeEnsemble;
import java.util.Arrays;
import java.util.Optional;

/**
 * Contributions of features to the margins of an ensemble of scalar leaves. Immutable; safe for
 * concurrent use. Fractions are doubles, where XGBoost's are floats: answers are as close to the
 * exact values as XGBoost's, and to 1e-5 of a row's largest value to XGBoost's own.
 */
public final class TreeShap {
  /** A walk recurses once a level; no trained tree comes near this. */
  static final int MAX_DEPTH = 1_000;

  private final TreeEnsemble ensemble;

  /** What each tree answers on average over its training rows, before its weight. */
  private final double[] expectedValues;

  private TreeShap(TreeEnsemble ensemble) {
    this.ensemble = ensemble;
    this.expectedValues = new double[ensemble.trees().size()];
    for (int i = 0; i < expectedValues.length; i++) {
      expectedValues[i] = expectedValue(ensemble.trees().get(i), 0);
    }
  }

  /** TreeSHAP of an ensemble for which {@link #obstacle} is empty. */
  public static TreeShap of(TreeEnsemble ensemble) {
    obstacle(ensemble)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return new TreeShap(ensemble);
  }

  /** Why an ensemble has no contributions, in words; empty when it has. */
  public static Optional<String> obstacle(TreeEnsemble ensemble) {
    if (ensemble.hasVectorLeaves()) {
      return Optional.of("XGBoost defines no contributions for trees with vector leaves");
    }
    for (Tree tree : ensemble.trees()) {
      if (!tree.hasCover()) {
        return Optional.of("the file has no sum_hessian, which contributions are weighed with");
      }
      if (tree.depth() > MAX_DEPTH) {
        return Optional.of("a tree is " + tree.depth() + " deep, more than " + MAX_DEPTH);
      }
    }
    return Optional.empty();
  }

  /**
   * What each feature adds to each margin; a row's values add up to its margins.
   *
   * @param rows {@code float[count][numFeatures]}; NaN and {@code missing} are missing
   * @param out {@code float[count][outputs][numFeatures + 1]}; the last is the expected margin
   */
  public void contributions(float[] rows, int count, float missing, float[] out) {
    if (count == 0) {
      return;
    }
    int numFeatures = ensemble.numFeatures();
    int columns = numFeatures + 1;
    int outputs = ensemble.numOutputs();
    double[] sums = new double[outputs * columns];
    float[] row = new float[numFeatures];
    int deepest = ensemble.trees().stream().mapToInt(Tree::depth).max().orElse(0);
    TreeShapWalk walk = new TreeShapWalk(deepest, row, sums);
    for (int i = 0; i < count; i++) {
      for (int feature = 0; feature < numFeatures; feature++) {
        float value = rows[i * numFeatures + feature];
        row[feature] = value == missing ? Float.NaN : value;
      }
      Arrays.fill(sums, 0);
      addTrees(walk, sums, columns);
      for (int at = 0; at < sums.length; at++) {
        out[i * sums.length + at] = (float) sums[at];
      }
    }
  }

  private void addTrees(TreeShapWalk walk, double[] sums, int columns) {
    for (int output = 0; output < ensemble.numOutputs(); output++) {
      sums[output * columns + columns - 1] = ensemble.baseMargins().get(output);
    }
    for (int i = 0; i < expectedValues.length; i++) {
      int start = ensemble.outputOf(i) * columns;
      double weight = ensemble.weightOf(i);
      sums[start + columns - 1] += expectedValues[i] * weight;
      walk.add(ensemble.trees().get(i), weight, start);
    }
  }

  private static double expectedValue(Tree tree, int node) {
    if (tree.isLeaf(node)) {
      return tree.leafValue(node, 0);
    }
    int left = tree.left(node);
    int right = tree.right(node);
    double sum =
        expectedValue(tree, left) * tree.cover(left)
            + expectedValue(tree, right) * tree.cover(right);
    return sum / tree.cover(node);
  }
}

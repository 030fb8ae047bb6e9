package dev.berth.engine.shap;

import dev.berth.engine.tree.Tree;

/**
 * One walk over all paths of a tree (Algorithm 2 of the TreeSHAP paper, in its notation): a path is
 * a list of features with the fraction of rows that follow it when the feature is unknown (zero
 * fraction) and known (one fraction), and the weights of the subsets of each size.
 *
 * <p>Every level of the walk owns a stretch of the arrays, so that nothing is allocated on the way.
 */
final class TreeShapWalk {
  private static final int NO_FEATURE = -1;

  private final float[] row;
  private final double[] sums;
  private final int[] features;
  private final double[] zeroFractions;
  private final double[] oneFractions;
  private final double[] weights;

  private Tree tree;
  private double treeWeight;
  private int sumsStart;

  /**
   * A walk for trees of at most {@code depth} levels.
   *
   * @param row the row's values, NaN where missing: read anew at each {@link #add}
   * @param sums where contributions are added to
   */
  TreeShapWalk(int depth, float[] row, double[] sums) {
    this.row = row;
    this.sums = sums;
    // The path at level n has n + 1 elements.
    int elements = (depth + 2) * (depth + 3) / 2;
    this.features = new int[elements];
    this.zeroFractions = new double[elements];
    this.oneFractions = new double[elements];
    this.weights = new double[elements];
  }

  /** Adds a tree's contributions to {@code sums[start + feature]}. */
  void add(Tree tree, double treeWeight, int start) {
    this.tree = tree;
    this.treeWeight = treeWeight;
    this.sumsStart = start;
    extend(0, 0, NO_FEATURE, 1, 1);
    visit(0, 0, 0);
  }

  /** Visits a node whose path is the {@code length + 1} elements from {@code start} on. */
  private void visit(int node, int start, int length) {
    if (tree.isLeaf(node)) {
      double leaf = tree.leafValue(node, 0) * treeWeight;
      for (int i = 1; i <= length; i++) {
        double fractions = oneFractions[start + i] - zeroFractions[start + i];
        sums[sumsStart + features[start + i]] += sumWithout(start, length, i) * fractions * leaf;
      }
      return;
    }
    int feature = tree.feature(node);
    double zero = 1;
    double one = 1;
    int rest = length;
    int earlier = indexOf(feature, start, length);
    if (earlier > 0) {
      // The feature has split this path before: both splits count as one element.
      zero = zeroFractions[start + earlier];
      one = oneFractions[start + earlier];
      remove(start, length, earlier);
      rest--;
    }
    int hot = tree.next(node, row[feature]);
    int cold = hot == tree.left(node) ? tree.right(node) : tree.left(node);
    double cover = tree.cover(node);
    int child = start + rest + 1;
    copy(start, child, rest + 1);
    extend(child, rest + 1, feature, zero * tree.cover(hot) / cover, one);
    visit(hot, child, rest + 1);
    copy(start, child, rest + 1);
    extend(child, rest + 1, feature, zero * tree.cover(cold) / cover, 0);
    visit(cold, child, rest + 1);
  }

  private int indexOf(int feature, int start, int length) {
    for (int i = 1; i <= length; i++) {
      if (features[start + i] == feature) {
        return i;
      }
    }
    return NO_FEATURE;
  }

  private void copy(int from, int to, int elements) {
    System.arraycopy(features, from, features, to, elements);
    System.arraycopy(zeroFractions, from, zeroFractions, to, elements);
    System.arraycopy(oneFractions, from, oneFractions, to, elements);
    System.arraycopy(weights, from, weights, to, elements);
  }

  /** Appends element {@code length} and spreads the weights over subsets with and without it. */
  private void extend(int start, int length, int feature, double zero, double one) {
    features[start + length] = feature;
    zeroFractions[start + length] = zero;
    oneFractions[start + length] = one;
    weights[start + length] = length == 0 ? 1 : 0;
    double size = length + 1;
    for (int i = length - 1; i >= 0; i--) {
      double weight = weights[start + i];
      weights[start + i + 1] += one * weight * (i + 1) / size;
      weights[start + i] = zero * weight * (length - i) / size;
    }
  }

  /** Takes an element out, as if the path had never been extended by it. */
  private void remove(int start, int length, int index) {
    double zero = zeroFractions[start + index];
    double one = oneFractions[start + index];
    double size = length + 1;
    double next = weights[start + length];
    for (int i = length - 1; i >= 0; i--) {
      if (one != 0) {
        double weight = weights[start + i];
        weights[start + i] = next * size / ((i + 1) * one);
        next = weight - weights[start + i] * zero * (length - i) / size;
      } else {
        weights[start + i] = weights[start + i] * size / (zero * (length - i));
      }
    }
    int tail = length - index;
    System.arraycopy(features, start + index + 1, features, start + index, tail);
    System.arraycopy(zeroFractions, start + index + 1, zeroFractions, start + index, tail);
    System.arraycopy(oneFractions, start + index + 1, oneFractions, start + index, tail);
  }

  /** The sum of weights that {@link #remove} would leave, without removing. */
  private double sumWithout(int start, int length, int index) {
    double zero = zeroFractions[start + index];
    double one = oneFractions[start + index];
    double size = length + 1;
    double next = weights[start + length];
    double sum = 0;
    for (int i = length - 1; i >= 0; i--) {
      if (one != 0) {
        double weight = next * size / ((i + 1) * one);
        sum += weight;
        next = weights[start + i] - weight * zero * (length - i) / size;
      } else if (zero != 0) {
        sum += weights[start + i] * size / (zero * (length - i));
      }
    }
    return sum;
  }
}

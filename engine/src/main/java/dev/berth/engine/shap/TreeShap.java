package dev.berth.engine.shap;

import dev.berth.engine.buffer.BufferPool;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.tree.Tree;
import dev.berth.engine.tree.TreeEnsemble;
import java.util.Arrays;
import java.util.Optional;

/**
 * Contributions of features to the margins of an ensemble of scalar leaves. Immutable; safe for
 * concurrent use. Sums are doubles, where XGBoost's are floats: answers are as close to the exact
 * values as XGBoost's, and to 1e-5 of a row's largest value to XGBoost's own.
 */
public final class TreeShap {
  /** What a damaged file may ask for ends here; no trained tree comes near this. */
  static final int MAX_DEPTH = 1_000;

  private final TreeEnsemble ensemble;
  private final float missing;
  private final Compiled compiled;
  private final BufferPool<Buffers> buffers = new BufferPool<>(this::newBuffers);

  private TreeShap(TreeEnsemble ensemble, float missing, Compiled compiled) {
    this.ensemble = ensemble;
    this.missing = missing;
    this.compiled = compiled;
  }

  /** TreeSHAP of an ensemble for which {@link #obstacle} is empty. */
  public static TreeShap of(TreeEnsemble ensemble) {
    obstacle(ensemble)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return new TreeShap(ensemble, Float.NaN, new Compiled(ensemble));
  }

  /** The same, for rows in which a value stands for a missing one, besides NaN. */
  public TreeShap withMissing(float missing) {
    return new TreeShap(ensemble, missing, compiled);
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
   * @param first the row to begin with
   * @param out {@code float[count][outputs][numFeatures + 1]} from {@code at} on; the last is the
   *     expected margin
   */
  public void contributions(Rows rows, int first, int count, float[] out, int at) {
    if (count == 0) {
      return;
    }
    Trees trees = compiled.trees();
    Buffers buffer = buffers.borrow();
    double[] sums = buffer.sums;
    for (int i = 0; i < count; i++) {
      rows.copyRow(first + i, buffer.row);
      for (int feature = 0; feature < buffer.row.length; feature++) {
        if (buffer.row[feature] == missing) {
          buffer.row[feature] = Float.NaN;
        }
      }
      addTrees(trees, buffer);
      for (int to = 0; to < sums.length; to++) {
        out[at + i * sums.length + to] = (float) sums[to];
      }
    }
    buffers.giveBack(buffer);
  }

  private void addTrees(Trees trees, Buffers buffer) {
    int columns = ensemble.numFeatures() + 1;
    Arrays.fill(buffer.sums, 0);
    for (int output = 0; output < ensemble.numOutputs(); output++) {
      buffer.sums[output * columns + columns - 1] = trees.expectedMargins[output];
    }
    for (int i = 0; i < trees.trees.length; i++) {
      ShapTree tree = trees.trees[i];
      buffer.walk.add(tree, trees.quadratures[tree.points], ensemble.outputOf(i) * columns);
    }
  }

  private Buffers newBuffers() {
    return new Buffers(ensemble.numFeatures(), ensemble.numOutputs());
  }

  private static double expectedValue(Tree tree, int node) {
    if (tree.isLeaf(node)) {
      return tree.leafValue(node, 0);
    }
    int left = tree.left(node);
    int right = tree.right(node);
    return expectedValue(tree, left) * ShapTree.reached(tree, node, left)
        + expectedValue(tree, right) * ShapTree.reached(tree, node, right);
  }

  /** What one call works in. */
  private static final class Buffers {
    final float[] row;
    final double[] sums;
    final ShapWalk walk;

    Buffers(int numFeatures, int numOutputs) {
      row = new float[numFeatures];
      sums = new double[numOutputs * (numFeatures + 1)];
      walk = new ShapWalk(row, sums);
    }
  }

  /** Trees that are made when contributions are first asked for: most models are never asked. */
  private static final class Compiled {
    private final TreeEnsemble ensemble;
    private volatile Trees trees;

    Compiled(TreeEnsemble ensemble) {
      this.ensemble = ensemble;
    }

    Trees trees() {
      Trees made = trees;
      if (made == null) {
        made = new Trees(ensemble);
        trees = made;
      }
      return made;
    }
  }

  private static final class Trees {
    final ShapTree[] trees;

    /** By the number of their points. */
    final Quadrature[] quadratures;

    /** Base margins, and what each tree answers on average over its training rows. */
    final double[] expectedMargins;

    Trees(TreeEnsemble ensemble) {
      int count = ensemble.trees().size();
      trees = new ShapTree[count];
      expectedMargins = new double[ensemble.numOutputs()];
      for (int output = 0; output < expectedMargins.length; output++) {
        expectedMargins[output] = ensemble.baseMargins().get(output);
      }
      int mostPoints = 0;
      for (int i = 0; i < count; i++) {
        Tree tree = ensemble.trees().get(i);
        float weight = ensemble.weightOf(i);
        trees[i] = new ShapTree(tree, weight);
        expectedMargins[ensemble.outputOf(i)] += expectedValue(tree, 0) * weight;
        mostPoints = Math.max(mostPoints, trees[i].points);
      }
      quadratures = new Quadrature[mostPoints + 1];
      for (ShapTree tree : trees) {
        if (quadratures[tree.points] == null) {
          quadratures[tree.points] = Quadrature.of(tree.points);
        }
      }
    }
  }
}

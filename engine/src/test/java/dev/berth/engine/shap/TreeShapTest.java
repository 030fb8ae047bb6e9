package dev.berth.engine.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.tree.BaseMargins;
import dev.berth.engine.tree.Tree;
import dev.berth.engine.tree.TreeEnsemble;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contributions are Shapley values: the sums over all subsets of features, taken literally. */
class TreeShapTest {
  /** Depths with features that come again, and with more features than four points integrate. */
  @ParameterizedTest
  @CsvSource({"3, 2, 1", "4, 7, 2", "10, 9, 3", "11, 11, 4", "2, 12, 5", "1, 5, 6", "12, 10, 7"})
  void contributionsAreShapleyValues(int features, int depth, long seed) {
    Random random = new Random(seed);
    Tree tree = tree(random, features, depth);
    float weight = 0.5f;
    TreeEnsemble ensemble =
        new TreeEnsemble(
            List.of(tree),
            new int[1],
            new float[] {weight},
            features,
            BaseMargins.first(new float[] {1}));
    float[] rows = new float[8 * features];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(5) == 0 ? Float.NaN : (float) random.nextGaussian();
    }
    float[] actual = new float[8 * (features + 1)];
    TreeShap.of(ensemble).contributions(new DenseRows(rows, 8, features), 0, 8, actual, 0);
    for (int row = 0; row < 8; row++) {
      double[] values = new double[1 << features];
      for (int known = 0; known < values.length; known++) {
        values[known] = weight * expected(tree, 0, rows, row * features, known);
      }
      assertThat((double) actual[row * (features + 1) + features])
          .isFinite()
          .isCloseTo(1 + values[0], within(1e-5));
      for (int feature = 0; feature < features; feature++) {
        assertThat((double) actual[row * (features + 1) + feature])
            .isFinite()
            .isCloseTo(shapley(values, feature, features), within(1e-5));
      }
    }
  }

  /** What the tree answers on average when only some features are known. */
  private static double expected(Tree tree, int node, float[] rows, int start, int known) {
    if (tree.isLeaf(node)) {
      return tree.leafValue(node, 0);
    }
    int feature = tree.feature(node);
    if ((known >> feature & 1) == 1) {
      return expected(tree, tree.next(node, rows[start + feature]), rows, start, known);
    }
    if (tree.cover(node) == 0) {
      return 0;
    }
    int left = tree.left(node);
    int right = tree.right(node);
    return (expected(tree, left, rows, start, known) * tree.cover(left)
            + expected(tree, right, rows, start, known) * tree.cover(right))
        / tree.cover(node);
  }

  private static double shapley(double[] values, int feature, int features) {
    double sum = 0;
    for (int known = 0; known < values.length; known++) {
      if ((known >> feature & 1) == 0) {
        int size = Integer.bitCount(known);
        double ways = 1;
        for (int i = 1; i <= size; i++) {
          ways = ways * (features - i) / i;
        }
        sum += (values[known | 1 << feature] - values[known]) / (features * ways);
      }
    }
    return sum;
  }

  /** A complete tree. */
  private static Tree tree(Random random, int features, int depth) {
    int nodes = (2 << depth) - 1;
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    int[] feature = new int[nodes];
    float[] number = new float[nodes];
    boolean[] defaultLeft = new boolean[nodes];
    float[] cover = new float[nodes];
    cover[0] = 1000;
    for (int node = 0; node < nodes; node++) {
      number[node] = (float) random.nextGaussian();
      boolean isLeaf = 2 * node + 1 >= nodes;
      left[node] = isLeaf ? Tree.NO_CHILD : 2 * node + 1;
      if (!isLeaf) {
        right[node] = 2 * node + 2;
        feature[node] = random.nextInt(features);
        defaultLeft[node] = random.nextBoolean();
        // Some branches that no training row took.
        float share = random.nextInt(8) == 0 ? 0 : random.nextFloat();
        cover[2 * node + 1] = cover[node] * share;
        cover[2 * node + 2] = cover[node] * (1 - share);
        if (cover[node] == 0) {
          cover[2 * node + 1] = 0;
          cover[2 * node + 2] = 0;
        }
      }
    }
    return new Tree(
        new Tree.Splits(left, right, feature, number, defaultLeft),
        Tree.Leaves.scalar(number),
        Tree.CategorySets.NONE,
        cover,
        depth);
  }

  @Test
  void aQuadratureIntegratesPolynomialsExactly() {
    for (int size : new int[] {1, 2, 4, 8, 40, 500}) {
      Quadrature quadrature = Quadrature.of(size);
      for (int degree = 0; degree < 2 * size; degree++) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
          sum += quadrature.weights[i] * Math.pow(quadrature.points[i], degree);
        }
        assertThat(sum)
            .as("degree %s of %s", degree, size)
            .isCloseTo(1.0 / (degree + 1), within(1e-12));
      }
    }
  }
}

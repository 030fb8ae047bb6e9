package dev.berth.engine.shap;

/**
 * Adds up one tree's contributions for one row, down the tree once and up once, at four points of
 * the quadrature at a time.
 *
 * <p>Along the way to a leaf each feature has a share z (rows that go that way when it is unknown)
 * and a one o (1 when this row goes that way, else 0). TreeSHAP gives feature i {@code leaf * (o_i
 * - z_i)} times the sum over all subsets of the other features of {@code k! (n - 1 - k)! / n!}
 * times their o's inside and z's outside, k of n - 1. That factor is the integral of {@code t^k (1
 * - t)^(n - 1 - k)} from 0 to 1, so the sum is the integral of the product over the other features
 * of {@code z (1 - t) + o t}: a polynomial, which a quadrature of few points integrates exactly. At
 * one point products run down the tree and sums up, and every edge is visited once.
 *
 * <p>A feature that splits a path again replaces its factor: what its edge above has counted for
 * the leaves below is taken back there.
 */
final class ShapWalk {
  /** Points at a time. */
  static final int LANES = 4;

  private final float[] row;
  private final double[] sums;
  private double[] ones = {};
  private double[] products = {};
  private double[] below = {};
  private ShapTree tree;
  private int sumsStart;

  private double t0;
  private double t1;
  private double t2;
  private double t3;

  /**
   * A walk over any trees.
   *
   * @param row the row's values, NaN where missing: read anew at each {@link #add}
   * @param sums where contributions are added to
   */
  ShapWalk(float[] row, double[] sums) {
    this.row = row;
    this.sums = sums;
  }

  /** Adds a tree's contributions to {@code sums[start + feature]}. */
  void add(ShapTree tree, Quadrature quadrature, int start) {
    this.tree = tree;
    this.sumsStart = start;
    int nodes = tree.numNodes();
    if (ones.length < nodes) {
      ones = new double[nodes];
      products = new double[nodes * LANES];
      below = new double[nodes * LANES];
    }
    follow();
    double[] points = quadrature.points;
    for (int at = 0; at < points.length; at += LANES) {
      t0 = points[at];
      t1 = points[at + 1];
      t2 = points[at + 2];
      t3 = points[at + 3];
      System.arraycopy(quadrature.weights, at, products, 0, LANES);
      goDown();
      goUp();
    }
  }

  /** Which edges the row follows. */
  private void follow() {
    int[] child = tree.child;
    int[] above = tree.above;
    double[] ones = this.ones;
    ones[0] = 1;
    for (int node = 0; node < child.length; node++) {
      int left = child[node];
      if (left != 0) {
        double taken = ones[above[left]];
        boolean goesLeft = tree.goesLeft(node, row[tree.featureOf(node)]);
        ones[left] = goesLeft ? taken : 0;
        ones[left + 1] = goesLeft ? 0 : taken;
      }
    }
  }

  /** Multiplies factors from the root to each split. */
  private void goDown() {
    int[] child = tree.child;
    for (int node = 0; node < child.length; node++) {
      int left = child[node];
      if (left == 0) {
        begin(node, tree.number[node]);
      } else {
        begin(node, 0);
        multiply(node, left);
        multiply(node, left + 1);
      }
    }
  }

  private void begin(int node, double sum) {
    int at = node * LANES;
    below[at] = sum;
    below[at + 1] = sum;
    below[at + 2] = sum;
    below[at + 3] = sum;
  }

  private void multiply(int node, int edge) {
    if (tree.child[edge] == 0) {
      return;
    }
    double[] products = this.products;
    int from = node * LANES;
    int to = edge * LANES;
    double share = tree.share[edge];
    double one = ones[edge];
    double p0 = products[from] * factor(share, one, t0);
    double p1 = products[from + 1] * factor(share, one, t1);
    double p2 = products[from + 2] * factor(share, one, t2);
    double p3 = products[from + 3] * factor(share, one, t3);
    int above = tree.above[edge];
    if (above != 0) {
      double shareAbove = tree.share[above];
      double oneAbove = ones[above];
      p0 *= inverse(shareAbove, oneAbove, t0);
      p1 *= inverse(shareAbove, oneAbove, t1);
      p2 *= inverse(shareAbove, oneAbove, t2);
      p3 *= inverse(shareAbove, oneAbove, t3);
    }
    products[to] = p0;
    products[to + 1] = p1;
    products[to + 2] = p2;
    products[to + 3] = p3;
  }

  /** Sums what leaves answer from below up to each split, and counts it at each edge. */
  private void goUp() {
    int[] child = tree.child;
    for (int node = child.length - 1; node >= 0; node--) {
      int left = child[node];
      if (left != 0) {
        int feature = sumsStart + tree.featureOf(node);
        sums[feature] += count(node, left) + count(node, left + 1);
      }
    }
  }

  /** What the feature of an edge adds for the leaves below; passes their sum on to the node. */
  private double count(int node, int edge) {
    double[] below = this.below;
    int at = node * LANES;
    int from = edge * LANES;
    double share = tree.share[edge];
    double one = ones[edge];
    double b0 = below[from];
    double b1 = below[from + 1];
    double b2 = below[from + 2];
    double b3 = below[from + 3];
    double p0 = products[at] * b0;
    double p1 = products[at + 1] * b1;
    double p2 = products[at + 2] * b2;
    double p3 = products[at + 3] * b3;
    double f0 = factor(share, one, t0);
    double f1 = factor(share, one, t1);
    double f2 = factor(share, one, t2);
    double f3 = factor(share, one, t3);
    double back = 0;
    int above = tree.above[edge];
    if (above != 0) {
      double shareAbove = tree.share[above];
      double oneAbove = ones[above];
      double i0 = inverse(shareAbove, oneAbove, t0);
      double i1 = inverse(shareAbove, oneAbove, t1);
      double i2 = inverse(shareAbove, oneAbove, t2);
      double i3 = inverse(shareAbove, oneAbove, t3);
      p0 *= i0;
      p1 *= i1;
      p2 *= i2;
      p3 *= i3;
      f0 *= i0;
      f1 *= i1;
      f2 *= i2;
      f3 *= i3;
      back = (oneAbove - shareAbove) * (p0 * f0 + p1 * f1 + p2 * f2 + p3 * f3);
    }
    below[at] += f0 * b0;
    below[at + 1] += f1 * b1;
    below[at + 2] += f2 * b2;
    below[at + 3] += f3 * b3;
    return (one - share) * (p0 + p1 + p2 + p3) - back;
  }

  private static double factor(double share, double one, double point) {
    return share * (1 - point) + one * point;
  }

  /** Where a factor is 0 so is the product that it would be taken out of. */
  private static double inverse(double share, double one, double point) {
    double factor = factor(share, one, point);
    return factor == 0 ? 0 : 1 / factor;
  }
}

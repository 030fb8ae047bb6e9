package dev.berth.engine.shap;

import dev.berth.engine.tree.Tree;

/**
 * A tree as {@link ShapWalk} reads it: nodes level by level, node 0 the root, each with the edge
 * that leads to it.
 */
final class ShapTree {
  /** A missing value goes left: the sign bit of a node's feature. */
  static final int MISSING_LEFT = 1 << 31;

  private final Tree tree;
  private final int[] order;

  /** The left child, whose neighbour is the right one; 0 for a leaf. */
  final int[] child;

  /** The feature that a node splits by, {@link #MISSING_LEFT} or'd in. */
  final int[] feature;

  /** A split's threshold; a leaf's value times the tree's weight. */
  final float[] number;

  /** The share of rows that follow an edge, and those above it of the same feature. */
  final float[] share;

  /** The node of the closest edge above of the same feature, 0 when there is none. */
  final int[] above;

  private final boolean categorical;

  /** Points that integrate what this tree's paths multiply to. */
  final int points;

  ShapTree(Tree tree, float weight) {
    this.tree = tree;
    this.order = tree.breadthFirst();
    int nodes = order.length;
    this.child = new int[nodes];
    this.feature = new int[nodes];
    this.number = new float[nodes];
    this.share = new float[nodes];
    this.above = new int[nodes];
    double[] shares = new double[nodes];
    int[] parent = new int[nodes];
    int next = 1;
    boolean anyCategorical = false;
    for (int i = 0; i < nodes; i++) {
      int node = order[i];
      if (tree.isLeaf(node)) {
        number[i] = tree.leafValue(node, 0) * weight;
        continue;
      }
      anyCategorical |= tree.isCategorical(node);
      child[i] = next;
      feature[i] = tree.feature(node) | (tree.defaultLeft(node) ? MISSING_LEFT : 0);
      number[i] = tree.threshold(node);
      int before = closestAbove(i, parent);
      for (int edge = next; edge < next + 2; edge++) {
        parent[edge] = i;
        above[edge] = before;
        double reached = reached(tree, node, order[edge]);
        shares[edge] = before == 0 ? reached : reached * shares[before];
        share[edge] = (float) shares[edge];
      }
      next += 2;
    }
    this.categorical = anyCategorical;
    this.points = pointsFor(parent);
  }

  /** The share of a node's training rows that go on to a child; no share of no rows. */
  static double reached(Tree tree, int node, int child) {
    return tree.cover(node) == 0 ? 0 : tree.cover(child) / (double) tree.cover(node);
  }

  int numNodes() {
    return child.length;
  }

  /** Whether a split sends a value left; NaN is missing. */
  boolean goesLeft(int node, float value) {
    if (categorical) {
      int there = order[node];
      return tree.next(there, value) == tree.left(there);
    }
    return value < number[node] || (feature[node] < 0 && Float.isNaN(value));
  }

  int featureOf(int node) {
    return feature[node] & ~MISSING_LEFT;
  }

  /** The closest edge, from the one that leads to a node upwards, that its feature has split. */
  private int closestAbove(int node, int[] parent) {
    int edge = node;
    while (edge != 0 && featureOf(parent[edge]) != featureOf(node)) {
      edge = parent[edge];
    }
    return edge;
  }

  /**
   * A path of n features multiplies to polynomials of degree n - 1. Points come in fours, which
   * suffices for eight features.
   */
  private int pointsFor(int[] parent) {
    int[] features = new int[child.length];
    int most = 1;
    for (int i = 1; i < child.length; i++) {
      features[i] = features[parent[i]] + (above[i] == 0 ? 1 : 0);
      most = Math.max(most, features[i]);
    }
    return Math.ceilDiv(most, 2 * ShapWalk.LANES) * ShapWalk.LANES;
  }
}

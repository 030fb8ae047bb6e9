package dev.berth.engine.tree;

/**
 * What {@link LinkedTreesCompiler} makes and {@link LinkedTrees} reads.
 *
 * <p>Node {@code p} is four ints from {@code 4 * p} on: the slot of the row's key it compares, the
 * threshold's key, the left child (the right one is the next node), and for a leaf its value's
 * bits, or where its vector starts. A leaf is its own child: its threshold is below every key and
 * its left child is the node before it, so that a walk may take more steps than its path has. A
 * node that splits by category has the complement of its slot, and where its set starts (its size
 * first) instead of a threshold.
 */
final class LinkedArrays {
  static final int NODE_INTS = 4;
  static final int SLOT = 0;
  static final int THRESHOLD = 1;
  static final int LEFT = 2;
  static final int VALUE = 3;

  /** Nodes of all trees, each tree in breadth-first order. */
  int[] nodes;

  /** The number that each node has in its file. */
  int[] fileNode;

  int[] rootOfTree;
  int[] depthOfTree;
  int[] outputOfTree;
  boolean[] hasCategories;

  int[] categorySets;
  int outputs;
  int leafWidth;
  float[] leafVectors;
}

package dev.berth.engine.format;

/** A tree's arrays as a file has them, unchecked; null where the file has none. */
final class ParsedTree {
  int numNodes;

  /** Values a leaf: 0 or 1 for scalars. */
  int leafVectorSize;

  int[] left;
  int[] right;
  int[] feature;
  float[] condition;
  int[] defaultLeft;
  float[] cover;

  /** Up to 3.1 the leaf vectors of all nodes, {@code [nodes][leafVectorSize]}. */
  float[] baseWeights;

  /** Since 3.2 the leaf vectors, whose row is the leaf's right child. */
  float[] leafWeights;

  int[] splitType;
  int[] categories;
  int[] categoryNodes;
  int[] categoryStarts;
  int[] categorySizes;
}

package dev.berth.engine.tree;

/**
 * All trees of a forest in arrays. Immutable. A reached leaf is told by an index of the layout's
 * own.
 */
sealed interface ForestLayout permits CompleteTrees, LinkedTrees {
  /** Rows that are walked together: fewer are better added one by one. */
  int minRows();

  int numTrees();

  /** Steps from the roots to the leaves of all trees, as far as they are taken for a row. */
  long stepsPerRow();

  /**
   * Adds every tree's leaf, in file order, to the margins at {@code out[at]}.
   *
   * @param reached room for {@link #minRows} leaves
   */
  void addRow(int[] keys, int[] reached, float[] out, int at);

  /**
   * The leaves that {@code count} rows reach in one tree.
   *
   * @param keys each row's
   */
  void walkRows(int tree, int[][] keys, int count, int[] reached);

  /** Adds one tree's leaves to the margins of {@code count} rows from {@code out[outAt]} on. */
  void addLeaves(int tree, int[] reached, int count, float[] out, int outAt);

  /** The number that a reached leaf has in its file. */
  int fileNode(int reached);
}

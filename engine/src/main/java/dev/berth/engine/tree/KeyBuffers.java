package dev.berth.engine.tree;

/** What one prediction of a forest works in. */
final class KeyBuffers {
  /** The leaf that each row of a block has reached. */
  final int[] reached;

  /** What the encoder works in. */
  final int[] lanes = new int[CutSearch.LANES];

  private final KeyEncoder encoder;
  private final int rows;
  private int[][] dense = {};
  private int[][] sparse = {};

  KeyBuffers(KeyEncoder encoder, int rows, int minReached) {
    this.encoder = encoder;
    this.rows = rows;
    this.reached = new int[Math.max(rows, minReached)];
  }

  /** Keys of a block of dense rows, to be written over. */
  int[][] dense() {
    if (dense.length == 0) {
      dense = new int[rows][encoder.keysPerRow()];
    }
    return dense;
  }

  /** Keys of a block of rows without any value. Who sets keys of present values unsets them. */
  int[][] sparse() {
    if (sparse.length == 0) {
      int[][] keys = new int[rows][encoder.keysPerRow()];
      for (int[] row : keys) {
        encoder.clear(row);
      }
      sparse = keys;
    }
    return sparse;
  }
}

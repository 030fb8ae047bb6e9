package dev.berth.engine.tree;

/**
 * Trees for 64 rows at a time, each of which is one bit of a long. A node is asked once for all of
 * them: of the rows that reach it, those in its mask ({@link RowMasks}) go right. So a node costs a
 * few instructions for 64 rows, where a walk costs as many a step for each.
 *
 * <p>The rows that went right at a level are a plane; a row's bits in the planes, highest level
 * first, are the number of its leaf. Trees stand output by output, in file order within each:
 * margins of different outputs never meet, so each is added up in the order that counts.
 */
final class SlicedTrees {
  /** A leaf's number is a byte. */
  static final int MAX_DEPTH = 8;

  static final int PLACE_BITS = 8;
  private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

  /** Trees whose planes are held together: 4 KiB of them. */
  private static final int TREES_PER_CHUNK = 64;

  /** Rows whose leaves are found together: bytes of a long. */
  private static final int ROWS_AT_ONCE = 8;

  /** Bit i of a byte as the lowest bit of byte i. */
  private static final long[] SPREAD = spread();

  /**
   * A node's mask and its place: that of the root is 1, children of p are at 2p and 2p + 1. Level
   * by level, and in a level nodes that have a split below them first.
   */
  final int[] nodes;

  /** For each tree and level: where its nodes with splits below them end, and where all end. */
  final int[] levelEnds;

  /** Where each tree's nodes begin. */
  final int[] nodeStarts;

  /** Where each tree's leaves begin: as many as a complete tree of its depth has. */
  final int[] leafStarts;

  final byte[] depths;
  final float[] leaves;

  /** Where each output's trees begin, and where the last one's end. */
  final int[] outputStarts;

  SlicedTrees(int nodes, int leaves, int trees, int outputs) {
    this.nodes = new int[nodes];
    this.levelEnds = new int[trees * MAX_DEPTH * 2];
    this.nodeStarts = new int[trees];
    this.leafStarts = new int[trees];
    this.depths = new byte[trees];
    this.leaves = new float[leaves];
    this.outputStarts = new int[outputs + 1];
  }

  /** What a call works in. */
  static final class Buffers {
    /** Rows that reach each place of a tree. */
    final long[] reach = new long[2 << MAX_DEPTH];

    final long[] planes = new long[TREES_PER_CHUNK * MAX_DEPTH];
    final float[] sums = new float[RowMasks.ROWS];
  }

  int numTrees() {
    return depths.length;
  }

  /**
   * Adds every tree's leaves to the margins of at most 64 rows.
   *
   * @param masks of the rows
   * @param out {@code float[count][outputs]} from {@code at} on
   */
  void addRows(long[] masks, int count, Buffers buffers, float[] out, int at) {
    int outputs = outputStarts.length - 1;
    float[] sums = buffers.sums;
    for (int output = 0; output < outputs; output++) {
      for (int row = 0; row < count; row++) {
        sums[row] = out[at + row * outputs + output];
      }
      int end = outputStarts[output + 1];
      for (int first = outputStarts[output]; first < end; first += TREES_PER_CHUNK) {
        int chunk = Math.min(TREES_PER_CHUNK, end - first);
        for (int i = 0; i < chunk; i++) {
          walk(first + i, masks, buffers.reach, buffers.planes, i * MAX_DEPTH);
        }
        for (int row = 0; row < count; row += ROWS_AT_ONCE) {
          addLeaves(first, chunk, buffers.planes, row, sums);
        }
      }
      for (int row = 0; row < count; row++) {
        out[at + row * outputs + output] = sums[row];
      }
    }
  }

  private void walk(int tree, long[] masks, long[] reach, long[] planes, int planesAt) {
    int[] nodes = this.nodes;
    int at = nodeStarts[tree];
    reach[1] = -1;
    for (int level = 0; level < depths[tree]; level++) {
      int ends = (tree * MAX_DEPTH + level) * 2;
      int parentsEnd = levelEnds[ends];
      int end = levelEnds[ends + 1];
      long plane = 0;
      for (; at < parentsEnd; at++) {
        int node = nodes[at];
        int place = node & PLACE_MASK;
        long here = reach[place];
        long right = here & masks[node >>> PLACE_BITS];
        plane |= right;
        reach[2 * place] = here ^ right;
        reach[2 * place + 1] = right;
      }
      for (; at < end; at++) {
        int node = nodes[at];
        plane |= reach[node & PLACE_MASK] & masks[node >>> PLACE_BITS];
      }
      planes[planesAt + level] = plane;
    }
  }

  /** Adds some trees' leaves for eight rows, whose sums stay in registers. */
  private void addLeaves(int first, int count, long[] planes, int row, float[] sums) {
    float[] leaves = this.leaves;
    float a = sums[row];
    float b = sums[row + 1];
    float c = sums[row + 2];
    float d = sums[row + 3];
    float e = sums[row + 4];
    float f = sums[row + 5];
    float g = sums[row + 6];
    float h = sums[row + 7];
    for (int i = 0; i < count; i++) {
      int start = leafStarts[first + i];
      long leaf = leafNumbers(planes, i * MAX_DEPTH, depths[first + i], row);
      a += leaves[start + (int) (leaf & 0xff)];
      b += leaves[start + (int) (leaf >>> 8 & 0xff)];
      c += leaves[start + (int) (leaf >>> 16 & 0xff)];
      d += leaves[start + (int) (leaf >>> 24 & 0xff)];
      e += leaves[start + (int) (leaf >>> 32 & 0xff)];
      f += leaves[start + (int) (leaf >>> 40 & 0xff)];
      g += leaves[start + (int) (leaf >>> 48 & 0xff)];
      h += leaves[start + (int) (leaf >>> 56 & 0xff)];
    }
    sums[row] = a;
    sums[row + 1] = b;
    sums[row + 2] = c;
    sums[row + 3] = d;
    sums[row + 4] = e;
    sums[row + 5] = f;
    sums[row + 6] = g;
    sums[row + 7] = h;
  }

  /** The leaves that eight rows reach, a byte each. */
  private static long leafNumbers(long[] planes, int at, int depth, int row) {
    long leaves = 0;
    for (int level = 0; level < depth; level++) {
      leaves = leaves << 1 | SPREAD[(int) (planes[at + level] >>> row) & 0xff];
    }
    return leaves;
  }

  private static long[] spread() {
    long[] spread = new long[256];
    for (int bits = 0; bits < 256; bits++) {
      for (int bit = 0; bit < 8; bit++) {
        spread[bits] |= (bits >> bit & 1L) << (8 * bit);
      }
    }
    return spread;
  }
}

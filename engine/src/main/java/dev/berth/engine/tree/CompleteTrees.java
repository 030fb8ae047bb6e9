package dev.berth.engine.tree;

/**
 * Trees padded to complete ones: the children of node {@code p} are {@code 2p} and {@code 2p + 1},
 * so that a node is one int and a step has no branch. The upper half of a node is its threshold's
 * rank among all thresholds of the feature, the lower half the slot of the key to compare: one
 * subtraction compares ranks, and equal ranks go left, since a slot is at least 1.
 *
 * <p>Six walks are in flight at once, which is what a core's registers hold: a single one would
 * wait for memory at every step. For one row these are six neighbouring trees, a group, which is
 * why all trees of a group are padded to the same depth.
 */
final class CompleteTrees implements ForestLayout {
  static final int LANES = 6;
  static final int RANK_SHIFT = 16;
  static final int SLOT_MASK = 0xffff;

  /** Tree t's node p, its root being 1, is at {@code groupStart[t / 6] + (t % 6 << depth) + p}. */
  final int[] nodes;

  /** Leaf p of a tree, from {@code 1 << depth} on, is a full tree before its node's place. */
  final float[] leaves;

  final int[] fileNodes;
  final int[] groupStart;
  final int[] groupDepth;
  private final int[] outputOfTree;
  private final int outputs;

  /** Room for an ensemble's trees, whose groups are of these depths. */
  CompleteTrees(TreeEnsemble ensemble, int[] groupDepth) {
    int trees = ensemble.trees().size();
    this.outputs = ensemble.numOutputs();
    this.outputOfTree = new int[trees];
    for (int tree = 0; tree < trees; tree++) {
      outputOfTree[tree] = ensemble.outputOf(tree);
    }
    this.groupDepth = groupDepth;
    this.groupStart = new int[groupDepth.length];
    int size = 0;
    for (int group = 0; group < groupDepth.length; group++) {
      groupStart[group] = size;
      size += LANES << groupDepth[group];
    }
    this.nodes = new int[size];
    this.leaves = new float[size];
    this.fileNodes = new int[size];
  }

  @Override
  public int minRows() {
    return LANES;
  }

  @Override
  public int numTrees() {
    return outputOfTree.length;
  }

  @Override
  public long stepsPerRow() {
    long steps = 0;
    for (int tree = 0; tree < outputOfTree.length; tree++) {
      steps += groupDepth[tree / LANES];
    }
    return steps;
  }

  int treeStart(int tree) {
    int group = tree / LANES;
    return groupStart[group] + ((tree % LANES) << groupDepth[group]);
  }

  @Override
  public void addRow(int[] keys, int[] reached, float[] out, int at) {
    float[] leaves = this.leaves;
    int trees = outputOfTree.length;
    // One output is summed in a register: through memory each addition would wait for the last.
    float sum = out[at];
    for (int group = 0, tree = 0; tree < trees; group++, tree += LANES) {
      walkTrees(groupStart[group], groupDepth[group], keys, reached);
      int count = Math.min(LANES, trees - tree);
      if (outputs == 1) {
        for (int i = 0; i < count; i++) {
          sum += leaves[reached[i]];
        }
      } else {
        for (int i = 0; i < count; i++) {
          out[at + outputOfTree[tree + i]] += leaves[reached[i]];
        }
      }
    }
    if (outputs == 1) {
      out[at] = sum;
    }
  }

  private void walkTrees(int start, int depth, int[] keys, int[] reached) {
    int[] nodes = this.nodes;
    int full = 1 << depth;
    int second = start + full;
    int third = second + full;
    int fourth = third + full;
    int fifth = fourth + full;
    int sixth = fifth + full;
    int a = 1;
    int b = 1;
    int c = 1;
    int d = 1;
    int e = 1;
    int f = 1;
    for (int step = 0; step < depth; step++) {
      a = next(nodes[start + a], a, keys);
      b = next(nodes[second + b], b, keys);
      c = next(nodes[third + c], c, keys);
      d = next(nodes[fourth + d], d, keys);
      e = next(nodes[fifth + e], e, keys);
      f = next(nodes[sixth + f], f, keys);
    }
    reached[0] = start - full + a;
    reached[1] = start + b;
    reached[2] = second + c;
    reached[3] = third + d;
    reached[4] = fourth + e;
    reached[5] = fifth + f;
  }

  @Override
  public void walkRows(int tree, int[][] keys, int count, int[] reached) {
    int[] nodes = this.nodes;
    int start = treeStart(tree);
    int depth = groupDepth[tree / LANES];
    int leaf = start - (1 << depth);
    if (count < LANES) {
      for (int row = 0; row < count; row++) {
        reached[row] = leaf + walk(start, depth, keys[row]);
      }
      return;
    }
    for (int next = 0; next < count; next += LANES) {
      // The last six may take some rows again.
      int row = Math.min(next, count - LANES);
      int[] first = keys[row];
      int[] second = keys[row + 1];
      int[] third = keys[row + 2];
      int[] fourth = keys[row + 3];
      int[] fifth = keys[row + 4];
      int[] sixth = keys[row + 5];
      int a = 1;
      int b = 1;
      int c = 1;
      int d = 1;
      int e = 1;
      int f = 1;
      for (int step = 0; step < depth; step++) {
        a = next(nodes[start + a], a, first);
        b = next(nodes[start + b], b, second);
        c = next(nodes[start + c], c, third);
        d = next(nodes[start + d], d, fourth);
        e = next(nodes[start + e], e, fifth);
        f = next(nodes[start + f], f, sixth);
      }
      reached[row] = leaf + a;
      reached[row + 1] = leaf + b;
      reached[row + 2] = leaf + c;
      reached[row + 3] = leaf + d;
      reached[row + 4] = leaf + e;
      reached[row + 5] = leaf + f;
    }
  }

  @Override
  public void addLeaves(int tree, int[] reached, int count, float[] out, int outAt) {
    float[] leaves = this.leaves;
    int stride = outputs;
    int to = outAt + outputOfTree[tree];
    for (int row = 0; row < count; row++) {
      out[to] += leaves[reached[row]];
      to += stride;
    }
  }

  @Override
  public int fileNode(int reached) {
    return fileNodes[reached];
  }

  private int walk(int start, int depth, int[] keys) {
    int p = 1;
    for (int step = 0; step < depth; step++) {
      p = next(nodes[start + p], p, keys);
    }
    return p;
  }

  private static int next(int node, int p, int[] keys) {
    return 2 * p + 1 + ((keys[node & SLOT_MASK] - node) >> 31);
  }
}

package dev.berth.engine.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Forests of any shape, and rows whose values lie on their thresholds often. */
final class RandomForests {
  /** Values that orders of floats stumble over. */
  static final float[] EDGES = {
    0f,
    -0f,
    1f,
    -1f,
    2f,
    3f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    16_777_215f,
    16_777_216f,
    -0.5f,
    0.5f,
    1.5f
  };

  private final Random random;
  private final int features;

  RandomForests(long seed, int features) {
    this.random = new Random(seed);
    this.features = features;
  }

  /** What a forest is like. */
  record Shape(int trees, int splits, int maxDepth, int outputs, boolean categories) {}

  TreeEnsemble forest(Shape shape) {
    List<Tree> trees = new ArrayList<>();
    float[] weights = new float[shape.trees()];
    int[] outputs = new int[shape.trees()];
    for (int i = 0; i < shape.trees(); i++) {
      trees.add(tree(random.nextInt(shape.splits() + 1), shape.maxDepth(), shape.categories()));
      weights[i] = random.nextFloat();
      outputs[i] = random.nextInt(shape.outputs());
    }
    float[] base = new float[shape.outputs()];
    base[0] = 0.5f;
    BaseMargins margins = random.nextBoolean() ? BaseMargins.first(base) : BaseMargins.last(base);
    return new TreeEnsemble(trees, outputs, weights, features, margins);
  }

  /** {@code float[count][features]}, where values are missing with a probability. */
  float[] rows(int count, double missing) {
    float[] rows = new float[count * features];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextDouble() < missing ? Float.NaN : value();
    }
    return rows;
  }

  /** A tree that grows at random leaves: chains as well as bushes. */
  private Tree tree(int splits, int maxDepth, boolean categorical) {
    int nodes = 1 + 2 * splits;
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    int[] feature = new int[nodes];
    float[] number = new float[nodes];
    boolean[] defaultLeft = new boolean[nodes];
    int[] start = new int[nodes];
    int[] size = new int[nodes];
    float[] cover = new float[nodes];
    int[] level = new int[nodes];
    List<Integer> leaves = new ArrayList<>(List.of(0));
    List<Integer> ended = new ArrayList<>();
    int depth = 0;
    int next = 1;
    cover[0] = 1000;
    while (next < nodes && !leaves.isEmpty()) {
      if (random.nextInt(3) == 0) {
        Collections.swap(leaves, random.nextInt(leaves.size()), leaves.size() - 1);
      }
      int node = leaves.removeLast();
      if (level[node] == maxDepth) {
        ended.add(node);
        continue;
      }
      boolean swap = random.nextBoolean();
      left[node] = swap ? next + 1 : next;
      right[node] = swap ? next : next + 1;
      level[next] = level[next + 1] = level[node] + 1;
      depth = Math.max(depth, level[next]);
      float share = 0.1f + 0.8f * random.nextFloat();
      cover[next] = cover[node] * share;
      cover[next + 1] = cover[node] * (1 - share);
      leaves.add(next);
      leaves.add(next + 1);
      feature[node] = random.nextInt(features);
      number[node] = value();
      defaultLeft[node] = random.nextBoolean();
      size[node] = categorical && random.nextBoolean() ? 1 + random.nextInt(4) : 0;
      next += 2;
    }
    leaves.addAll(ended);
    for (int leaf : leaves) {
      left[leaf] = Tree.NO_CHILD;
      number[leaf] = (float) random.nextGaussian();
    }
    return new Tree(
        new Tree.Splits(left, right, feature, number, defaultLeft),
        Tree.Leaves.scalar(number),
        new Tree.CategorySets(start, size, new int[] {0, 1, 3, 16_777_215}),
        cover,
        depth);
  }

  private float value() {
    return random.nextInt(3) == 0
        ? EDGES[random.nextInt(EDGES.length)]
        : (float) random.nextGaussian();
  }
}

package dev.berth.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiled forest goes where a plain walk over its trees goes, on trees of any shape. */
class CompiledForestTest {
  private static final int FEATURES = 5;
  private static final int COUNT = 70;

  /** Values that orders of floats stumble over. */
  private static final float[] EDGES = {
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void compiledAndPlainWalksAgree(long seed) {
    Random random = new Random(seed);
    TreeEnsemble ensemble = ensemble(random, seed % 3 == 0);
    float[] rows = new float[COUNT * FEATURES];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = value(random);
    }
    CompiledForest forest = CompiledForest.of(ensemble);
    for (float missing : new float[] {Float.NaN, 1f}) {
      float[] margins = new float[COUNT];
      int[] leaves = new int[COUNT * ensemble.trees().size()];
      forest.margins(rows, 0, COUNT, missing, margins);
      forest.leaves(rows, COUNT, missing, leaves);
      float[] one = new float[1];
      for (int row = 0; row < COUNT; row++) {
        float margin = 0.5f;
        for (int i = 0; i < ensemble.trees().size(); i++) {
          int leaf = plainWalk(ensemble.trees().get(i), rows, row, missing);
          assertThat(leaves[row * ensemble.trees().size() + i]).isEqualTo(leaf);
          margin += ensemble.trees().get(i).leafValue(leaf, 0) * ensemble.weightOf(i);
        }
        assertThat(margins[row]).isEqualTo(margin);
        forest.margins(rows, row, 1, missing, one);
        assertThat(one[0]).isEqualTo(margin);
      }
    }
  }

  private static int plainWalk(Tree tree, float[] rows, int row, float missing) {
    int node = 0;
    while (!tree.isLeaf(node)) {
      float value = rows[row * FEATURES + tree.feature(node)];
      node = tree.next(node, value == missing ? Float.NaN : value);
    }
    return node;
  }

  private static TreeEnsemble ensemble(Random random, boolean categories) {
    List<Tree> trees = new ArrayList<>();
    int count = 1 + random.nextInt(11);
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      trees.add(tree(random, 1 + 2 * random.nextInt(60), categories));
      weights[i] = random.nextFloat();
    }
    BaseMargins base = BaseMargins.first(new float[] {0.5f});
    return new TreeEnsemble(trees, new int[count], weights, FEATURES, base);
  }

  /** A tree that grows at random leaves: chains as well as bushes. */
  private static Tree tree(Random random, int nodes, boolean categorical) {
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    int[] feature = new int[nodes];
    float[] threshold = new float[nodes];
    boolean[] defaultLeft = new boolean[nodes];
    int[] start = new int[nodes];
    int[] size = new int[nodes];
    int[] sorted = {0, 1, 3, 16_777_215};
    List<Integer> leaves = new ArrayList<>(List.of(0));
    int[] levels = new int[nodes];
    int depth = 0;
    for (int next = 1; next < nodes; next += 2) {
      boolean chain = random.nextInt(3) > 0;
      if (!chain) {
        Collections.swap(leaves, random.nextInt(leaves.size()), leaves.size() - 1);
      }
      int node = leaves.removeLast();
      boolean swap = random.nextBoolean();
      left[node] = swap ? next + 1 : next;
      right[node] = swap ? next : next + 1;
      levels[next] = levels[next + 1] = levels[node] + 1;
      depth = Math.max(depth, levels[next]);
      leaves.add(next);
      leaves.add(next + 1);
      feature[node] = random.nextInt(FEATURES);
      threshold[node] = value(random);
      defaultLeft[node] = random.nextBoolean();
      size[node] = categorical && random.nextBoolean() ? 1 + random.nextInt(4) : 0;
    }
    for (int leaf : leaves) {
      left[leaf] = Tree.NO_CHILD;
      threshold[leaf] = (float) random.nextGaussian();
    }
    return new Tree(
        new Tree.Splits(left, right, feature, threshold, defaultLeft),
        Tree.Leaves.scalar(threshold),
        new Tree.CategorySets(start, size, sorted),
        new float[0],
        depth);
  }

  private static float value(Random random) {
    return random.nextInt(3) == 0
        ? EDGES[random.nextInt(EDGES.length)]
        : (float) random.nextGaussian();
  }
}

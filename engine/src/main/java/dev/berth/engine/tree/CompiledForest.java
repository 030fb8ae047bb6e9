package dev.berth.engine.tree;

/**
 * All trees of a model in one array, evaluated in blocks of rows. Immutable; safe for concurrent
 * use. Predicting allocates nothing once a thread has predicted before: keys live in a buffer of
 * the calling thread.
 */
public final class CompiledForest {
  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final ForestArrays arrays;
  private final ForestWalker walker;
  private final int keysPerRow;
  private final int rowsPerBlock;

  private CompiledForest(ForestArrays arrays) {
    this.arrays = arrays;
    this.walker = new ForestWalker(arrays);
    // A leaf looks at slot 0 even when the forest has nothing but leaves.
    this.keysPerRow = Math.max(1, 2 * arrays.columns.length);
    // A block's keys fill half of a usual 32 KiB first-level cache.
    this.rowsPerBlock = Math.clamp(4096 / keysPerRow, ForestWalker.LANES, Scratch.MAX_ROWS);
  }

  /** Compiles an ensemble. */
  public static CompiledForest of(TreeEnsemble ensemble) {
    return new CompiledForest(ForestCompiler.compile(ensemble));
  }

  /**
   * Margins: base margins and each tree's leaf, in file order, rounded to float at each step.
   *
   * @param rows {@code float[first + count][numFeatures]}; NaN and {@code missing} are missing
   * @param first the row to begin with
   * @param out {@code float[count][outputs]}
   */
  public void margins(float[] rows, int first, int count, float missing, float[] out) {
    int outputs = arrays.baseMargins.size();
    for (int row = 0; row < count; row++) {
      arrays.baseMargins.begin(out, row * outputs);
    }
    Scratch scratch = SCRATCH.get();
    int[] keys = scratch.keys(rowsPerBlock * keysPerRow);
    for (int done = 0; done < count; done += rowsPerBlock) {
      int block = Math.min(rowsPerBlock, count - done);
      fill(rows, first + done, block, missing, keys);
      if (block < ForestWalker.LANES) {
        for (int row = 0; row < block; row++) {
          addRow(keys, row * keysPerRow, scratch.reached, out, (done + row) * outputs);
        }
      } else {
        addBlock(keys, block, scratch.reached, out, done * outputs);
      }
    }
    for (int row = 0; row < count; row++) {
      arrays.baseMargins.end(out, row * outputs);
    }
  }

  /**
   * The leaf that each row reaches in each tree, by its number in the file.
   *
   * @param out {@code int[count][trees]}
   */
  public void leaves(float[] rows, int count, float missing, int[] out) {
    int trees = arrays.rootOfTree.length;
    Scratch scratch = SCRATCH.get();
    int[] keys = scratch.keys(rowsPerBlock * keysPerRow);
    for (int first = 0; first < count; first += rowsPerBlock) {
      int block = Math.min(rowsPerBlock, count - first);
      fill(rows, first, block, missing, keys);
      for (int tree = 0; tree < trees; tree++) {
        walker.walkRows(tree, keys, keysPerRow, block, scratch.reached);
        for (int row = 0; row < block; row++) {
          out[(first + row) * trees + tree] = arrays.fileNode[scratch.reached[row]];
        }
      }
    }
  }

  private void fill(float[] rows, int first, int count, float missing, int[] keys) {
    int[] columns = arrays.columns;
    for (int row = 0; row < count; row++) {
      int start = (first + row) * arrays.numFeatures;
      int at = row * keysPerRow;
      for (int slot = 0; slot < columns.length; slot++) {
        float value = rows[start + columns[slot]];
        boolean absent = Float.isNaN(value) || value == missing;
        int key = RowKeys.of(value);
        keys[at + slot] = absent ? RowKeys.MISSING_GOES_RIGHT : key;
        keys[at + columns.length + slot] = absent ? RowKeys.MISSING_GOES_LEFT : key;
      }
    }
  }

  private void addRow(int[] keys, int at, int[] reached, float[] out, int outAt) {
    int trees = arrays.rootOfTree.length;
    for (int first = 0; first < trees; first += ForestWalker.LANES) {
      int group = Math.min(ForestWalker.LANES, trees - first);
      walker.walkTrees(first, group, keys, at, reached);
      for (int i = 0; i < group; i++) {
        addLeaf(first + i, reached[i], out, outAt);
      }
    }
  }

  private void addBlock(int[] keys, int count, int[] reached, float[] out, int outAt) {
    int outputs = arrays.baseMargins.size();
    for (int tree = 0; tree < arrays.rootOfTree.length; tree++) {
      walker.walkRows(tree, keys, keysPerRow, count, reached);
      for (int row = 0; row < count; row++) {
        addLeaf(tree, reached[row], out, outAt + row * outputs);
      }
    }
  }

  private void addLeaf(int tree, int node, float[] out, int at) {
    int value = arrays.nodes[node * ForestArrays.NODE_INTS + ForestArrays.VALUE];
    if (arrays.leafWidth == 1) {
      out[at + arrays.outputOfTree[tree]] += Float.intBitsToFloat(value);
      return;
    }
    for (int i = 0; i < arrays.leafWidth; i++) {
      out[at + i] += arrays.leafVectors[value + i];
    }
  }

  /** What a thread keeps between predictions. */
  private static final class Scratch {
    static final int MAX_ROWS = 64;

    final int[] reached = new int[MAX_ROWS];
    private int[] keys = new int[4096];

    int[] keys(int size) {
      if (keys.length < size) {
        keys = new int[size];
      }
      return keys;
    }
  }
}

package dev.berth.engine.tree;

import dev.berth.engine.buffer.BufferPool;
import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.rows.SparseRows;
import java.util.Optional;

/**
 * All trees of a model in arrays. A single row walks down several trees at once; enough of them are
 * evaluated as slices, 64 at a time, where the trees allow it ({@link SlicedForest}); and elsewhere
 * each tree is walked in turn for all rows of a block, so that the tree and the block's keys stay
 * in the cache, however large the forest is. Immutable; safe for concurrent use. Predicting
 * allocates nothing once as many predictions as run at a time have been made.
 */
public final class CompiledForest {
  /** Keys of a block: half of a usual 48 KiB first-level cache. */
  private static final int KEYS_PER_BLOCK = 6_144;

  /** What six and four walks in flight both divide. */
  private static final int MAX_ROWS_PER_BLOCK = 96;

  private final ForestLayout layout;
  private final KeyEncoder encoder;
  private final Optional<SlicedForest> slices;
  private final BaseMargins baseMargins;
  private final int minSlicedRows;
  private final int rowsPerBlock;
  private final BufferPool<KeyBuffers> buffers;

  private CompiledForest(
      ForestLayout layout,
      KeyEncoder encoder,
      Optional<SlicedForest> slices,
      BaseMargins baseMargins) {
    this.layout = layout;
    this.encoder = encoder;
    this.slices = slices;
    this.baseMargins = baseMargins;
    this.minSlicedRows =
        slices
            .map(sliced -> Math.toIntExact(sliced.stepsPerBlock() / layout.stepsPerRow() + 1))
            .orElse(Integer.MAX_VALUE);
    int rows = Math.min(MAX_ROWS_PER_BLOCK, KEYS_PER_BLOCK / encoder.keysPerRow());
    this.rowsPerBlock = rows < layout.minRows() ? 1 : rows - rows % layout.minRows();
    this.buffers = new BufferPool<>(() -> new KeyBuffers(encoder, rowsPerBlock, layout.minRows()));
  }

  /** Compiles an ensemble into the layouts that suit it; only NaN is missing. */
  public static CompiledForest of(TreeEnsemble ensemble) {
    KeyPlan plan = KeyPlan.of(ensemble);
    return CompleteTreesCompiler.compile(ensemble, plan)
        .map(complete -> compiled(complete, true, ensemble, plan))
        .orElseGet(() -> linked(ensemble, plan));
  }

  /** Compiles an ensemble into the layout that takes trees of any shape. */
  static CompiledForest linked(TreeEnsemble ensemble, KeyPlan plan) {
    return compiled(LinkedTreesCompiler.compile(ensemble, plan), false, ensemble, plan);
  }

  private static CompiledForest compiled(
      ForestLayout layout, boolean ranked, TreeEnsemble ensemble, KeyPlan plan) {
    return new CompiledForest(
        layout,
        new KeyEncoder(plan, ranked, Float.NaN),
        SlicedForest.compile(ensemble, plan, layout.stepsPerRow()),
        ensemble.baseMargins());
  }

  /** The same forest, for rows in which a value stands for a missing one, besides NaN. */
  public CompiledForest withMissing(float missing) {
    return new CompiledForest(
        layout,
        encoder.withMissing(missing),
        slices.map(sliced -> sliced.withMissing(missing)),
        baseMargins);
  }

  /** What rows cost at most, in steps of one walk from a root to a leaf. */
  public long cost(int count) {
    if (slices.isEmpty()) {
      return count * layout.stepsPerRow();
    }
    int rest = count % RowMasks.ROWS;
    int blocks = count / RowMasks.ROWS + (rest >= minSlicedRows ? 1 : 0);
    long walked = rest >= minSlicedRows ? 0 : rest;
    return blocks * slices.get().stepsPerBlock() + walked * layout.stepsPerRow();
  }

  /** Rows from which on a block is sliced; out of reach when none ever is. */
  int minSlicedRows() {
    return minSlicedRows;
  }

  /**
   * Margins: base margins and each tree's leaf, in file order, rounded to float at each step.
   *
   * @param first the row to begin with
   * @param out {@code float[count][outputs]} from {@code at} on
   */
  public void margins(Rows rows, int first, int count, float[] out, int at) {
    int outputs = baseMargins.size();
    for (int row = 0; row < count; row++) {
      baseMargins.begin(out, at + row * outputs);
    }
    int sliced = 0;
    while (count - sliced >= minSlicedRows) {
      int block = Math.min(RowMasks.ROWS, count - sliced);
      slices.get().addRows(rows, first + sliced, block, out, at + sliced * outputs);
      sliced += block;
    }
    if (sliced < count) {
      walk(rows, first + sliced, count - sliced, out, at + sliced * outputs);
    }
    for (int row = 0; row < count; row++) {
      baseMargins.end(out, at + row * outputs);
    }
  }

  private void walk(Rows rows, int first, int count, float[] out, int at) {
    int outputs = baseMargins.size();
    KeyBuffers buffer = buffers.borrow();
    for (int done = 0; done < count; done += rowsPerBlock) {
      int block = Math.min(rowsPerBlock, count - done);
      int[][] keys = encode(rows, first + done, block, buffer);
      addBlock(keys, block, buffer.reached, out, at + done * outputs);
      clear(rows, first + done, block, keys);
    }
    buffers.giveBack(buffer);
  }

  /**
   * The leaf that each row reaches in each tree, by its number in the file.
   *
   * @param first the row to begin with
   * @param out {@code int[count][trees]} from {@code at} on
   */
  public void leaves(Rows rows, int first, int count, int[] out, int at) {
    int trees = layout.numTrees();
    KeyBuffers buffer = buffers.borrow();
    for (int done = 0; done < count; done += rowsPerBlock) {
      int block = Math.min(rowsPerBlock, count - done);
      int[][] keys = encode(rows, first + done, block, buffer);
      for (int tree = 0; tree < trees; tree++) {
        layout.walkRows(tree, keys, block, buffer.reached);
        for (int row = 0; row < block; row++) {
          out[at + (done + row) * trees + tree] = layout.fileNode(buffer.reached[row]);
        }
      }
      clear(rows, first + done, block, keys);
    }
    buffers.giveBack(buffer);
  }

  /** No switch over patterns: the JVM links one when it first runs, and allocates even later. */
  private int[][] encode(Rows rows, int first, int count, KeyBuffers buffer) {
    if (rows instanceof SparseRows sparse) {
      int[][] keys = buffer.sparse();
      for (int row = 0; row < count; row++) {
        encoder.encode(sparse, first + row, keys[row]);
      }
      return keys;
    }
    int[][] keys = buffer.dense();
    encoder.encode((DenseRows) rows, first, count, buffer.lanes, keys);
    return keys;
  }

  private void clear(Rows rows, int first, int count, int[][] keys) {
    if (rows instanceof SparseRows sparse) {
      for (int row = 0; row < count; row++) {
        encoder.clear(sparse, first + row, keys[row]);
      }
    }
  }

  private void addBlock(int[][] keys, int count, int[] reached, float[] out, int at) {
    int outputs = baseMargins.size();
    if (count < layout.minRows()) {
      for (int row = 0; row < count; row++) {
        layout.addRow(keys[row], reached, out, at + row * outputs);
      }
      return;
    }
    int trees = layout.numTrees();
    for (int tree = 0; tree < trees; tree++) {
      layout.walkRows(tree, keys, count, reached);
      layout.addLeaves(tree, reached, count, out, at);
    }
  }
}

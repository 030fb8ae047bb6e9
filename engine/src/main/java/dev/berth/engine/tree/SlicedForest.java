package dev.berth.engine.tree;

import dev.berth.engine.buffer.BufferPool;
import dev.berth.engine.rows.Rows;
import java.util.Optional;

/** A forest for blocks of rows: see {@link SlicedTrees}. Immutable; safe for concurrent use. */
final class SlicedForest {
  /** What a block costs in steps of a walk, as measured: for each node, leaf and mask. */
  private static final int NODES_PER_STEP = 1;

  private static final int LEAVES_PER_STEP = 2;
  private static final int MASKS_PER_STEP = 3;

  private final RowMasks masks;
  private final SlicedTrees trees;
  private final BufferPool<Buffers> buffers;

  private SlicedForest(RowMasks masks, SlicedTrees trees) {
    this.masks = masks;
    this.trees = trees;
    this.buffers = new BufferPool<>(() -> new Buffers(masks.room()));
  }

  private static final class Buffers {
    final long[] masks;
    final int[] lanes = new int[CutSearch.LANES];
    final SlicedTrees.Buffers trees = new SlicedTrees.Buffers();

    Buffers(int masks) {
      this.masks = new long[masks];
    }
  }

  /**
   * Compiles an ensemble, whose only missing value is NaN; empty when walking row by row is no
   * dearer for any block.
   */
  static Optional<SlicedForest> compile(TreeEnsemble ensemble, KeyPlan plan, long stepsPerRow) {
    if (!SlicedTreesCompiler.fits(ensemble, plan)) {
      return Optional.empty();
    }
    RowMasks masks = new RowMasks(plan, Float.NaN);
    SlicedForest forest = new SlicedForest(masks, SlicedTreesCompiler.compile(ensemble, masks));
    return forest.stepsPerBlock() < RowMasks.ROWS * stepsPerRow
        ? Optional.of(forest)
        : Optional.empty();
  }

  SlicedForest withMissing(float missing) {
    return new SlicedForest(masks.withMissing(missing), trees);
  }

  /** What a block costs, however many rows of it there are, in steps that a row's walk takes. */
  long stepsPerBlock() {
    return trees.nodes.length / NODES_PER_STEP
        + (long) trees.numTrees() * RowMasks.ROWS / LEAVES_PER_STEP
        + masks.size() / MASKS_PER_STEP;
  }

  /**
   * Adds every tree's leaf to the margins of some rows.
   *
   * @param count at most {@link RowMasks#ROWS}
   * @param out {@code float[count][outputs]} from {@code at} on
   */
  void addRows(Rows rows, int first, int count, float[] out, int at) {
    Buffers buffer = buffers.borrow();
    masks.fill(rows, first, count, buffer.lanes, buffer.masks);
    trees.addRows(buffer.masks, count, buffer.trees, out, at);
    buffers.giveBack(buffer);
  }
}

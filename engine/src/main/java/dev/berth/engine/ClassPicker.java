package dev.berth.engine;

import dev.berth.engine.buffer.BufferPool;
import dev.berth.engine.objective.Transform;
import dev.berth.engine.rows.Rows;

/** The class of each row's largest margin, where there is no room for all margins. */
final class ClassPicker {
  /** Margins that are held at once. */
  private static final int MARGINS = 4_096;

  private final Predictor predictor;
  private final int rowsAtOnce;
  private final BufferPool<float[]> buffers;

  ClassPicker(Predictor predictor) {
    this.predictor = predictor;
    this.rowsAtOnce = Math.max(1, MARGINS / predictor.numOutputs());
    this.buffers = new BufferPool<>(() -> new float[rowsAtOnce * predictor.numOutputs()]);
  }

  /** Fills {@code out[first]} to {@code out[first + count - 1]}. */
  void pick(Rows rows, int first, int count, float[] out) {
    float[] margins = buffers.borrow();
    for (int done = 0; done < count; done += rowsAtOnce) {
      int block = Math.min(rowsAtOnce, count - done);
      predictor.margins(rows, first + done, block, margins, 0);
      Transform.ARGMAX.apply(margins, 0, block, predictor.numOutputs());
      System.arraycopy(margins, 0, out, first + done, block);
    }
    buffers.giveBack(margins);
  }
}

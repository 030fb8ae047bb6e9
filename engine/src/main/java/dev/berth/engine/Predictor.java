package dev.berth.engine;

import dev.berth.engine.format.XgboostModel;
import dev.berth.engine.linear.LinearModel;
import dev.berth.engine.objective.Transform;
import dev.berth.engine.shap.TreeShap;
import dev.berth.engine.tree.CompiledForest;
import dev.berth.engine.tree.TreeEnsemble;

/** What answers for a model, before any objective's transform. Sizes are the caller's business. */
abstract sealed class Predictor {
  /** Rows whose margins are held at once while classes are picked from them. */
  private static final int CLASS_ROWS = 64;

  private static final ThreadLocal<float[]> CLASS_MARGINS =
      ThreadLocal.withInitial(() -> new float[0]);

  static Predictor of(XgboostModel.Body body) {
    return switch (body) {
      case XgboostModel.Trees(var ensemble) -> new Forest(ensemble);
      case XgboostModel.Linear(var model) -> new Line(model);
    };
  }

  abstract int numTrees();

  abstract int numOutputs();

  abstract void margins(float[] rows, int first, int count, float missing, float[] out);

  abstract void leaves(float[] rows, int count, float missing, int[] out);

  abstract boolean hasContributions();

  abstract void contributions(float[] rows, int count, float missing, float[] out);

  /** The class of the largest margin, one a row: {@code out} need not hold all margins. */
  final void classes(float[] rows, int count, float missing, float[] out) {
    int outputs = numOutputs();
    int rowsAtOnce = Math.max(1, Math.min(CLASS_ROWS, 65_536 / outputs));
    float[] margins = CLASS_MARGINS.get();
    if (margins.length < rowsAtOnce * outputs) {
      margins = new float[rowsAtOnce * outputs];
      CLASS_MARGINS.set(margins);
    }
    for (int first = 0; first < count; first += rowsAtOnce) {
      int block = Math.min(rowsAtOnce, count - first);
      margins(rows, first, block, missing, margins);
      Transform.ARGMAX.apply(margins, block, outputs);
      System.arraycopy(margins, 0, out, first, block);
    }
  }

  private static final class Forest extends Predictor {
    private final CompiledForest forest;
    private final TreeEnsemble ensemble;

    /** Null when there is an obstacle to contributions. */
    private final TreeShap shap;

    Forest(TreeEnsemble ensemble) {
      this.forest = CompiledForest.of(ensemble);
      this.ensemble = ensemble;
      this.shap = TreeShap.obstacle(ensemble).isEmpty() ? TreeShap.of(ensemble) : null;
    }

    @Override
    int numTrees() {
      return ensemble.trees().size();
    }

    @Override
    int numOutputs() {
      return ensemble.numOutputs();
    }

    @Override
    void margins(float[] rows, int first, int count, float missing, float[] out) {
      forest.margins(rows, first, count, missing, out);
    }

    @Override
    void leaves(float[] rows, int count, float missing, int[] out) {
      forest.leaves(rows, count, missing, out);
    }

    @Override
    boolean hasContributions() {
      return shap != null;
    }

    @Override
    void contributions(float[] rows, int count, float missing, float[] out) {
      if (shap == null) {
        throw new UnsupportedOperationException(TreeShap.obstacle(ensemble).orElseThrow());
      }
      shap.contributions(rows, count, missing, out);
    }
  }

  private static final class Line extends Predictor {
    private final LinearModel model;

    Line(LinearModel model) {
      this.model = model;
    }

    @Override
    int numTrees() {
      return 0;
    }

    @Override
    int numOutputs() {
      return model.numOutputs();
    }

    @Override
    void margins(float[] rows, int first, int count, float missing, float[] out) {
      model.margins(rows, first, count, missing, out);
    }

    @Override
    void leaves(float[] rows, int count, float missing, int[] out) {
      throw new UnsupportedOperationException("gblinear has no leaves");
    }

    @Override
    boolean hasContributions() {
      return true;
    }

    @Override
    void contributions(float[] rows, int count, float missing, float[] out) {
      model.contributions(rows, count, missing, out);
    }
  }
}

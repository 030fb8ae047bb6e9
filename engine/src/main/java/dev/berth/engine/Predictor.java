package dev.berth.engine;

import dev.berth.engine.format.XgboostModel;
import dev.berth.engine.linear.LinearModel;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.shap.TreeShap;
import dev.berth.engine.tree.CompiledForest;
import dev.berth.engine.tree.TreeEnsemble;

/**
 * What answers for a model, before any objective's transform. Sizes are the caller's business.
 * Answers for rows {@code first} to {@code first + count} begin at {@code out[at]}.
 */
abstract sealed class Predictor {
  static Predictor of(XgboostModel.Body body) {
    // No switch: one over types is put together when it runs, some milliseconds of every start.
    return body instanceof XgboostModel.Trees(var ensemble)
        ? new Forest(ensemble)
        : new Line(((XgboostModel.Linear) body).model());
  }

  /** The same model, for rows in which a value stands for a missing one, besides NaN. */
  abstract Predictor withMissing(float missing);

  abstract int numTrees();

  abstract int numOutputs();

  /** What rows cost at most: see {@link Booster#cost}. */
  abstract long cost(int count);

  abstract void margins(Rows rows, int first, int count, float[] out, int at);

  abstract void leaves(Rows rows, int first, int count, int[] out, int at);

  abstract boolean hasContributions();

  abstract void contributions(Rows rows, int first, int count, float[] out, int at);

  private static final class Forest extends Predictor {
    private final CompiledForest forest;
    private final TreeEnsemble ensemble;

    /** Null when there is an obstacle to contributions. */
    private final TreeShap shap;

    Forest(TreeEnsemble ensemble) {
      this(
          CompiledForest.of(ensemble),
          ensemble,
          TreeShap.obstacle(ensemble).isEmpty() ? TreeShap.of(ensemble) : null);
    }

    private Forest(CompiledForest forest, TreeEnsemble ensemble, TreeShap shap) {
      this.forest = forest;
      this.ensemble = ensemble;
      this.shap = shap;
    }

    @Override
    Predictor withMissing(float missing) {
      TreeShap otherShap = shap == null ? null : shap.withMissing(missing);
      return new Forest(forest.withMissing(missing), ensemble, otherShap);
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
    long cost(int count) {
      return forest.cost(count);
    }

    @Override
    void margins(Rows rows, int first, int count, float[] out, int at) {
      forest.margins(rows, first, count, out, at);
    }

    @Override
    void leaves(Rows rows, int first, int count, int[] out, int at) {
      forest.leaves(rows, first, count, out, at);
    }

    @Override
    boolean hasContributions() {
      return shap != null;
    }

    @Override
    void contributions(Rows rows, int first, int count, float[] out, int at) {
      if (shap == null) {
        throw new UnsupportedOperationException(TreeShap.obstacle(ensemble).orElseThrow());
      }
      shap.contributions(rows, first, count, out, at);
    }
  }

  private static final class Line extends Predictor {
    private final LinearModel model;

    Line(LinearModel model) {
      this.model = model;
    }

    @Override
    Predictor withMissing(float missing) {
      return new Line(model.withMissing(missing));
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
    long cost(int count) {
      return count * model.productsPerRow();
    }

    @Override
    void margins(Rows rows, int first, int count, float[] out, int at) {
      model.margins(rows, first, count, out, at);
    }

    @Override
    void leaves(Rows rows, int first, int count, int[] out, int at) {
      throw new UnsupportedOperationException("gblinear has no leaves");
    }

    @Override
    boolean hasContributions() {
      return true;
    }

    @Override
    void contributions(Rows rows, int first, int count, float[] out, int at) {
      model.contributions(rows, first, count, out, at);
    }
  }
}

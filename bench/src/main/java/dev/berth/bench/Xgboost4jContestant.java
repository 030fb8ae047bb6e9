package dev.berth.bench;

import java.nio.file.Path;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The library behind JNI: a matrix for each call, as there is no other way in. */
final class Xgboost4jContestant implements Contestant {
  private final Booster booster;

  Xgboost4jContestant(Path model) {
    try {
      booster = XGBoost.loadModel(model.resolve("model.ubj").toString());
      booster.setParam("nthread", 1);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Object prepare(BenchRows rows) {
    return rows;
  }

  @Override
  public float[] margins(Object prepared) {
    try {
      DMatrix matrix = matrix((BenchRows) prepared);
      try {
        return flat(booster.predict(matrix, true));
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] contributions(Object prepared) {
    try {
      DMatrix matrix = matrix((BenchRows) prepared);
      try {
        return flat(booster.predictContrib(matrix, 0));
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  private static DMatrix matrix(BenchRows rows) throws XGBoostError {
    return rows.areSparse()
        ? new DMatrix(
            rows.starts(),
            rows.features(),
            rows.values(),
            DMatrix.SparseType.CSR,
            rows.numFeatures(),
            Float.NaN,
            1)
        : new DMatrix(rows.values(), rows.count(), rows.numFeatures(), Float.NaN);
  }

  /** One row is handed on as it is; more are not copied, which would be our time, not theirs. */
  private static float[] flat(float[][] answers) {
    return answers[0];
  }

  @Override
  public void close() {
    booster.dispose();
  }
}

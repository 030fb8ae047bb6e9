package dev.berth.bench;

import biz.k11i.xgboost.Predictor;
import biz.k11i.xgboost.util.FVec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The pure-Java predictor of old binary files. It answers row by row. */
final class H2oContestant implements Contestant {
  private final Predictor predictor;
  private final Row row = new Row();
  private float[] absent = {};
  private float[] last = {};

  H2oContestant(Path model) {
    try (InputStream file = Files.newInputStream(model.resolve("model.bin"))) {
      predictor = new Predictor(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object prepare(BenchRows rows) {
    return rows;
  }

  @Override
  public float[] margins(Object prepared) {
    BenchRows rows = (BenchRows) prepared;
    return rows.areSparse() ? sparseMargins(rows) : denseMargins(rows);
  }

  private float[] denseMargins(BenchRows rows) {
    row.values = rows.values();
    for (int i = 0; i < rows.count(); i++) {
      row.start = i * rows.numFeatures();
      last = predictor.predict(row, true);
    }
    return last;
  }

  private float[] sparseMargins(BenchRows rows) {
    if (absent.length == 0) {
      absent = new float[rows.numFeatures()];
      Arrays.fill(absent, Float.NaN);
    }
    row.values = absent;
    for (int i = 0; i < rows.count(); i++) {
      int start = (int) rows.starts()[i];
      int end = (int) rows.starts()[i + 1];
      for (int at = start; at < end; at++) {
        absent[rows.features()[at]] = rows.values()[at];
      }
      last = predictor.predict(row, true);
      for (int at = start; at < end; at++) {
        absent[rows.features()[at]] = Float.NaN;
      }
    }
    return last;
  }

  @Override
  public float[] contributions(Object prepared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  /** The quickest vector that its interface allows: an array, of which sparse rows touch little. */
  private static final class Row implements FVec {
    private static final long serialVersionUID = 1;

    private float[] values = {};
    private int start;

    @Override
    public float fvalue(int index) {
      return values[start + index];
    }
  }
}

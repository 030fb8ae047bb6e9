package dev.berth.bench;

import dev.berth.engine.Booster;
import dev.berth.engine.format.ModelFormatException;
import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.rows.SparseRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The engine. */
final class BerthContestant implements Contestant {
  private final Booster booster;
  private float[] out = {};

  BerthContestant(Path model) {
    try {
      booster = Booster.read(model.resolve("model.ubj"));
    } catch (ModelFormatException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Booster booster() {
    return booster;
  }

  @Override
  public Rows prepare(BenchRows rows) {
    if (!rows.areSparse()) {
      return new DenseRows(rows.values(), rows.count(), rows.numFeatures());
    }
    SparseRows sparse = new SparseRows();
    for (int row = 0; row < rows.count(); row++) {
      for (int i = (int) rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        sparse.add(rows.features()[i], rows.values()[i]);
      }
      sparse.endRow();
    }
    return sparse;
  }

  @Override
  public float[] margins(Object prepared) {
    Rows rows = (Rows) prepared;
    float[] answers = out(rows.count() * booster.numOutputs());
    booster.predictMargin(rows, 0, rows.count(), answers);
    return answers;
  }

  @Override
  public float[] contributions(Object prepared) {
    Rows rows = (Rows) prepared;
    float[] answers = out(rows.count() * booster.numOutputs() * (booster.numFeatures() + 1));
    booster.predictContributions(rows, 0, rows.count(), answers);
    return answers;
  }

  private float[] out(int size) {
    if (out.length < size) {
      out = new float[size];
    }
    return out;
  }

  @Override
  public void close() {}
}

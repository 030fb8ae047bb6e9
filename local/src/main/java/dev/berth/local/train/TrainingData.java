package dev.berth.local.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rows to learn from. Its arrays are never changed. */
final class TrainingData {
  private final List<String> features;
  private final float[] values;
  private final float[] labels;

  private TrainingData(List<String> features, float[] values, float[] labels) {
    this.features = features;
    this.values = values;
    this.labels = labels;
  }

  /** The rows that are trained on and those that are held out, which may be none. */
  record Split(TrainingData train, TrainingData heldOut) {}

  /** Takes the label out of a table. */
  static TrainingData of(CsvTable table, String target) {
    int at = table.columns().indexOf(target);
    if (at < 0) {
      throw new TrainingException(
          "there is no column '"
              + target
              + "'; the file has "
              + String.join(", ", table.columns()));
    }
    List<String> features = new ArrayList<>(table.columns());
    features.remove(at);
    if (features.isEmpty()) {
      throw new TrainingException("there is no column but the target '" + target + "'");
    }
    int rows = table.rows().size();
    float[] values = new float[rows * features.size()];
    float[] labels = new float[rows];
    int next = 0;
    for (int r = 0; r < rows; r++) {
      float[] row = table.rows().get(r);
      labels[r] = row[at];
      if (Float.isNaN(row[at])) {
        throw new TrainingException(
            "row " + (r + 1) + " has no value of the target '" + target + "'");
      }
      for (int c = 0; c < row.length; c++) {
        if (c != at) {
          values[next++] = row[c];
        }
      }
    }
    return new TrainingData(List.copyOf(features), values, labels);
  }

  int rows() {
    return labels.length;
  }

  /** Names, in the order of {@link #values}' columns. */
  List<String> features() {
    return features;
  }

  /** Row-major {@code float[rows * features]}, NaN = missing. */
  float[] values() {
    return values;
  }

  /** {@code float[rows]}. */
  float[] labels() {
    return labels;
  }

  /**
   * Holds rows out by chance.
   *
   * @param share of the rows, 0 to below 1; the same seed holds out the same rows
   */
  Split holdOut(double share, long seed) {
    int held = (int) Math.round(rows() * share);
    if (held == 0) {
      return new Split(this, rows(List.of()));
    }
    if (held == rows()) {
      throw new TrainingException("--held-out " + share + " leaves no row to train on");
    }
    List<Integer> order = new ArrayList<>();
    for (int r = 0; r < rows(); r++) {
      order.add(r);
    }
    Collections.shuffle(order, new Random(seed));
    // Rows keep the file's order, so that a held-out share of 0 is no special case.
    List<Integer> out = order.subList(0, held).stream().sorted().toList();
    List<Integer> in = order.subList(held, rows()).stream().sorted().toList();
    return new Split(rows(in), rows(out));
  }

  /** At most {@code count} rows from the start. */
  TrainingData head(int count) {
    List<Integer> first = new ArrayList<>();
    for (int r = 0; r < Math.min(count, rows()); r++) {
      first.add(r);
    }
    return rows(first);
  }

  private TrainingData rows(List<Integer> chosen) {
    int width = features.size();
    float[] some = new float[chosen.size() * width];
    float[] theirs = new float[chosen.size()];
    for (int i = 0; i < chosen.size(); i++) {
      System.arraycopy(values, chosen.get(i) * width, some, i * width, width);
      theirs[i] = labels[chosen.get(i)];
    }
    return new TrainingData(features, some, theirs);
  }
}

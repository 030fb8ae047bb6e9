package dev.berth.bench;

import java.nio.file.Path;

/** Who answers rows with margins, on one thread. */
interface Contestant extends AutoCloseable {
  /** Takes rows over in the form that it likes best; not measured. */
  Object prepare(BenchRows rows);

  /**
   * Answers prepared rows.
   *
   * @return {@code float[count][outputs]}, valid until the next call
   */
  float[] margins(Object prepared);

  /**
   * Contributions of prepared rows.
   *
   * @return {@code float[count][outputs][numFeatures + 1]}, valid until the next call
   * @throws UnsupportedOperationException when it has none
   */
  float[] contributions(Object prepared);

  @Override
  void close();

  static Contestant named(String name, Path model) {
    return switch (name) {
      case "berth" -> new BerthContestant(model);
      case "xgboost4j" -> new Xgboost4jContestant(model);
      case "h2o" -> new H2oContestant(model);
      default -> throw new IllegalArgumentException(name);
    };
  }
}

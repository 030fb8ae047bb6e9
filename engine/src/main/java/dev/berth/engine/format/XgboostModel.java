package dev.berth.engine.format;

import dev.berth.engine.linear.LinearModel;
import dev.berth.engine.objective.Objective;
import dev.berth.engine.tree.TreeEnsemble;
import java.util.List;

/**
 * A model that has been read and checked.
 *
 * @param version the release that wrote it, such as {@code 3.0.5}; {@code 1.7} where the format
 *     leaves the patch out, {@code before 1.0} where it says no more
 * @param booster gbtree, dart or gblinear
 * @param featureNames one a feature, or empty
 * @param featureTypes XGBoost's letters (float, int, i, q, c), one a feature, or empty
 * @param body what makes margins of rows
 */
public record XgboostModel(
    ModelFormat format,
    String version,
    String booster,
    Objective objective,
    List<String> featureNames,
    List<String> featureTypes,
    int numFeatures,
    Body body) {

  /** What makes margins of rows, base margins included. */
  public sealed interface Body {}

  /** Trees of gbtree or dart. */
  public record Trees(TreeEnsemble ensemble) implements Body {}

  /** Weights of gblinear. */
  public record Linear(LinearModel model) implements Body {}
}

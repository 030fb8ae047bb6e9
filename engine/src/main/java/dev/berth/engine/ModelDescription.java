package dev.berth.engine;

import dev.berth.engine.format.XgboostModel;
import java.util.List;

/**
 * What a model file says about itself.
 *
 * @param format json, ubjson or binary
 * @param version the release that wrote the file, such as {@code 3.0.5}; {@code 1.7} where the
 *     format leaves the patch out, {@code before 1.0} where it says no more
 * @param booster gbtree, dart or gblinear
 * @param objective XGBoost's name, such as {@code binary:logistic}
 * @param featureNames one a feature, or empty
 * @param featureTypes XGBoost's names (float, int, i, q, c for categories), one a feature, or empty
 * @param numFeatures values a row
 * @param numTrees 0 for gblinear
 * @param numOutputs margins a row: classes, targets or 1
 */
public record ModelDescription(
    String format,
    String version,
    String booster,
    String objective,
    List<String> featureNames,
    List<String> featureTypes,
    int numFeatures,
    int numTrees,
    int numOutputs) {
  /** Takes copies of the lists. */
  public ModelDescription {
    featureNames = List.copyOf(featureNames);
    featureTypes = List.copyOf(featureTypes);
  }

  static ModelDescription of(XgboostModel model, Predictor predictor) {
    return new ModelDescription(
        model.format().label(),
        model.version(),
        model.booster(),
        model.objective().label(),
        model.featureNames(),
        model.featureTypes(),
        model.numFeatures(),
        predictor.numTrees(),
        predictor.numOutputs());
  }
}

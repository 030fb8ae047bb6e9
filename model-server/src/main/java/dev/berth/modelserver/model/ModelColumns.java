package dev.berth.modelserver.model;

import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;

import dev.berth.engine.ModelDescription;
import dev.berth.modelserver.config.ModelConfig.Feature;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.media.Column;
import dev.berth.modelserver.media.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that clients see, from the features that were configured and those that the file
 * names.
 */
public final class ModelColumns {
  private ModelColumns() {}

  /**
   * The configured features, which must be the file's: as many, and by the same names where the
   * file has names.
   */
  static Columns of(List<Feature> features, ModelDescription model) throws LoadFailure {
    if (features.isEmpty()) {
      return of(model);
    }
    if (features.size() != model.numFeatures()) {
      throw new LoadFailure(
          InvalidConfiguration,
          "features lists "
              + features.size()
              + ", but the model's file has "
              + model.numFeatures());
    }
    for (int i = 0; i < model.featureNames().size(); i++) {
      String name = model.featureNames().get(i);
      if (!features.get(i).name().equals(name)) {
        throw new LoadFailure(
            InvalidConfiguration,
            "features["
                + i
                + "] is '"
                + features.get(i).name()
                + "', but the model's file calls it '"
                + name
                + "'");
      }
    }
    return new Columns(features.stream().map(ModelColumns::column).toList());
  }

  /**
   * Numeric columns by the file's names, or by those that XGBoost gives to what has none: f0, f1,
   * ...
   */
  public static Columns of(ModelDescription model) {
    if (!model.featureNames().isEmpty()) {
      return Columns.named(model.featureNames());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < model.numFeatures(); i++) {
      names.add("f" + i);
    }
    return Columns.named(names);
  }

  private static Column column(Feature feature) {
    return switch (feature.type()) {
      case Categorical ->
          Column.categorical(feature.name(), feature.categories(), feature.required());
      case Numeric, Text -> Column.numeric(feature.name(), feature.required());
    };
  }
}

package dev.berth.modelserver.config;

import java.util.List;
import java.util.Optional;

/**
 * One model: where it is, what its features are called, what its answers show, and what it must
 * answer to be let in.
 */
public record ModelConfig(
    String name,
    Artifact artifact,
    List<Feature> features,
    Output output,
    List<GoldenRecord> goldenRecords) {
  public ModelConfig {
    features = features == null ? List.of() : List.copyOf(features);
    output = output == null ? Output.DEFAULT : output;
    goldenRecords = goldenRecords == null ? List.of() : List.copyOf(goldenRecords);
  }

  /**
   * Where the model's file is.
   *
   * @param uri file://, http://, https:// or s3://
   * @param sha256 of the bytes at the URI, hexadecimal
   * @param credentials a directory with one file per key
   */
  public record Artifact(
      String uri, Optional<String> sha256, Optional<String> format, Optional<String> credentials) {
    public Artifact {
      sha256 = sha256 == null ? Optional.empty() : sha256;
      format = format == null ? Optional.empty() : format;
      credentials = credentials == null ? Optional.empty() : credentials;
    }
  }

  /** One feature, in the order of the model's columns. Absent: Numeric and required. */
  public record Feature(String name, FeatureType type, List<String> categories, Boolean required) {
    public Feature {
      type = type == null ? FeatureType.Numeric : type;
      categories = categories == null ? List.of() : List.copyOf(categories);
      required = required == null || required;
    }
  }

  /** How a feature's text becomes a number. */
  public enum FeatureType {
    Numeric,
    Categorical,
    Text
  }

  /**
   * What an answer shows.
   *
   * @param threshold from which probability (or score) on it is the second class; absent: 0.5
   */
  public record Output(List<String> labels, Optional<Double> threshold, Select select) {
    static final Output DEFAULT = new Output(List.of(), Optional.empty(), null);

    public Output {
      labels = labels == null ? List.of() : List.copyOf(labels);
      threshold = threshold == null ? Optional.empty() : threshold;
      select = select == null ? Select.Prediction : select;
    }
  }

  /** Which of the model's outputs is the answer. Absent: Prediction. */
  public enum Select {
    Prediction,
    Probabilities,
    Label,
    Margin
  }

  /**
   * A request whose answer is known.
   *
   * @param tolerance the largest absolute difference of a number; absent: the texts are the same
   */
  public record GoldenRecord(
      String contentType, String body, String expect, Optional<Double> tolerance) {
    public GoldenRecord {
      tolerance = tolerance == null ? Optional.empty() : tolerance;
    }
  }
}

package dev.berth.api;

import java.util.List;

/** What to run. Immutable: a change is a new Model. */
public record ModelSpec(
    Artifact artifact,
    String image,
    List<Feature> features,
    Output output,
    List<GoldenRecord> goldenRecords,
    List<EnvVar> env,
    String serviceAccountName) {

  /** Where the model's file is. */
  public record Artifact(String uri, String sha256, String secretName, String format) {}

  /** One feature, in the order of CSV columns. {@code required} absent means true. */
  public record Feature(String name, FeatureType type, List<String> categories, Boolean required) {}

  /** How a feature's text becomes a number. */
  public enum FeatureType {
    Numeric,
    Categorical,
    Text
  }

  /** What an answer shows. */
  public record Output(List<String> labels, Double threshold, Select select) {}

  /** Which of the model's outputs is the answer. */
  public enum Select {
    Prediction,
    Probabilities,
    Label,
    Margin
  }

  /** A request whose answer is known; {@code tolerance} is absolute, absent means exact text. */
  public record GoldenRecord(String contentType, String body, String expect, Double tolerance) {}

  /** An environment variable: a value, or a key of a Secret or ConfigMap of the same namespace. */
  public record EnvVar(String name, String value, ValueFrom valueFrom) {}

  /** Where a variable's value comes from: exactly one of the two. */
  public record ValueFrom(KeyRef secretKeyRef, KeyRef configMapKeyRef) {}

  /** A key of a Secret or ConfigMap. */
  public record KeyRef(String name, String key, Boolean optional) {}
}

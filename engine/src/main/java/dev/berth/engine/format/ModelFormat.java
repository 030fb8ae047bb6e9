package dev.berth.engine.format;

/** The ways in which XGBoost releases write a model. */
public enum ModelFormat {
  /** Text, since 1.0. */
  JSON("json"),
  /** Universal Binary JSON, since 1.6. */
  UBJSON("ubjson"),
  /** The memory image that releases up to 3.0 write (with the suffix .deprecated since 2.1). */
  BINARY("binary");

  private final String label;

  ModelFormat(String label) {
    this.label = label;
  }

  /** A name for people and metrics: json, ubjson or binary. */
  public String label() {
    return label;
  }
}

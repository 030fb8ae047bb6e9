package dev.berth.modelserver.failure;

/** A model cannot be served. The message says what, where and what to do, and holds no secret. */
public final class LoadFailure extends Exception {
  private final FailureReason reason;
  private final String model;

  public LoadFailure(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
    this.model = "";
  }

  public LoadFailure(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.model = "";
  }

  private LoadFailure(LoadFailure cause, String model) {
    super(cause.getMessage(), cause);
    this.reason = cause.reason;
    this.model = model;
  }

  /** The same, said of this model. */
  public LoadFailure ofModel(String name) {
    return new LoadFailure(this, name);
  }

  public FailureReason reason() {
    return reason;
  }

  /** The model's name; empty when no single model is the cause. */
  public String model() {
    return model;
  }
}

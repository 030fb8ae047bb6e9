package dev.berth.modelserver.failure;

/** A model cannot be served. The message says what, where and what to do, and holds no secret. */
public final class LoadFailure extends Exception {
  private final FailureReason reason;

  public LoadFailure(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public LoadFailure(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public FailureReason reason() {
    return reason;
  }
}

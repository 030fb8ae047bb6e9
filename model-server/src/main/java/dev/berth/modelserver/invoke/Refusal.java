package dev.berth.modelserver.invoke;

import dev.berth.serving.wire.ErrorCode;

/** A request that gets an error, with the words that its client will read. */
public final class Refusal extends RuntimeException {
  private final ErrorCode code;

  Refusal(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}

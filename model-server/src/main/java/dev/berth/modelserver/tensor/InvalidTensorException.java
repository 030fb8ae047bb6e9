package dev.berth.modelserver.tensor;

/** A request that does not follow the protocol or does not suit the model. */
public final class InvalidTensorException extends RuntimeException {
  /**
   * A complaint.
   *
   * @param message what is wrong, where, and what to do
   */
  public InvalidTensorException(String message) {
    super(message, null, false, false);
  }

  static InvalidTensorException of(String input, String problem) {
    return new InvalidTensorException("input '" + input + "': " + problem);
  }
}

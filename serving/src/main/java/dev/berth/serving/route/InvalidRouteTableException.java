package dev.berth.serving.route;

/** A route table that cannot be obeyed; the message says what is wrong where. */
public final class InvalidRouteTableException extends IllegalArgumentException {
  public InvalidRouteTableException(String message) {
    super(message);
  }

  InvalidRouteTableException(String message, Throwable cause) {
    super(message, cause);
  }
}

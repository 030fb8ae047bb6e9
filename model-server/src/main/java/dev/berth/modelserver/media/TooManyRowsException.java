package dev.berth.modelserver.media;

/** One request asks for more than an answer may hold. */
public final class TooManyRowsException extends RuntimeException {
  TooManyRowsException(String message) {
    super(message, null, false, false);
  }
}

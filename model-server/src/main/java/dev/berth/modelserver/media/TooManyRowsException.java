package dev.berth.modelserver.media;

/** One request asks for more than an answer may hold. */
public final class TooManyRowsException extends RuntimeException {
  TooManyRowsException(String message) {
    super(message, null, false, false);
  }

  /** An answer that would take more than this. */
  public static TooManyRowsException answer(long maxBytes) {
    return new TooManyRowsException(
        "the answer would be larger than " + maxBytes + " bytes; send fewer rows in one request");
  }
}

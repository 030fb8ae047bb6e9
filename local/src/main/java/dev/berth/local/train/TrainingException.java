package dev.berth.local.train;

/** Training cannot go on; the message says to the user why and what to do. */
final class TrainingException extends RuntimeException {
  TrainingException(String message) {
    super(message);
  }

  TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}

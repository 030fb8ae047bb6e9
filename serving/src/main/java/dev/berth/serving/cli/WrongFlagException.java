package dev.berth.serving.cli;

/**
 * A command line that a program does not understand; the message is for the person who wrote it.
 */
public final class WrongFlagException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WrongFlagException(String message) {
    super(message);
  }
}

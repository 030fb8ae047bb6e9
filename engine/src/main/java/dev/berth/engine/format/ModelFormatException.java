package dev.berth.engine.format;

/**
 * A file is not a model that this engine can answer for: damaged, truncated, of an unknown kind or
 * of a newer release. The message says what is wrong and where, for example {@code
 * learner.gradient_booster.model.trees[3]: node 7: left child 99 is beyond the tree's 15 nodes}.
 */
public final class ModelFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A fault in words. */
  public ModelFormatException(String message) {
    super(message);
  }

  /** A fault in words, found by way of {@code cause}. */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}

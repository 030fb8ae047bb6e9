package dev.berth.modelserver.failure;

/** Why a model is not served, as its Model's status will say. */
public enum FailureReason {
  ChecksumMismatch(true),
  GoldenRecordFailed(true),
  InvalidModel(true),
  ArtifactTooLarge(true),
  InvalidConfiguration(true),
  ArtifactNotFound(false),
  ArtifactUnavailable(false),
  ArtifactForbidden(false),
  OutOfMemory(false);

  private final boolean permanent;

  FailureReason(boolean permanent) {
    this.permanent = permanent;
  }

  /**
   * Whether the same configuration fails the same way for ever. What is not permanent is tried
   * again.
   */
  public boolean permanent() {
    return permanent;
  }
}

package dev.berth.engine.format;

/**
 * The release that wrote a model.
 *
 * @param major 0 for every release before 1.0: the old binary format does not say more
 * @param patch {@link #UNKNOWN_PATCH} in the old binary format
 */
record XgboostVersion(int major, int minor, int patch) {
  static final int UNKNOWN_PATCH = -1;

  /** The newest line whose answers the model zoo proves; its patch releases are accepted. */
  static final XgboostVersion NEWEST_PROVEN = new XgboostVersion(3, 2, UNKNOWN_PATCH);

  /** The last line that could write the old binary format. */
  static final XgboostVersion LAST_BINARY = new XgboostVersion(3, 0, UNKNOWN_PATCH);

  boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  boolean isOfNewerLineThan(XgboostVersion other) {
    return major > other.major || (major == other.major && minor > other.minor);
  }

  @Override
  public String toString() {
    if (major == 0) {
      return "before 1.0";
    }
    return major + "." + minor + (patch == UNKNOWN_PATCH ? "" : "." + patch);
  }
}

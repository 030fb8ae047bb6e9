package dev.berth.serving.route;

/** What the records of a table insist on. */
final class Check {
  static void that(boolean holds, String message) {
    if (!holds) {
      throw new InvalidRouteTableException(message);
    }
  }

  static <T> T present(T value, String field) {
    that(value != null, "'" + field + "' is missing");
    return value;
  }

  static void named(String value, String field) {
    that(value != null && !value.isEmpty(), "'" + field + "' is missing");
    that(value.length() <= 253, "'" + field + "' is longer than 253 characters");
  }

  private Check() {}
}

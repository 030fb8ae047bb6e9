package dev.berth.local.manifest.schema;

/** Paths of fields, as the API server writes them: {@code spec.variants[0].name}. */
final class Paths {

  private Paths() {}

  static String field(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }
}

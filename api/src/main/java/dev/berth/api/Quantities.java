package dev.berth.api;

/**
 * CEL rules for maps of quantities by resource, with the words that explain them: a wrong quantity
 * would otherwise only show when pods are made. One rule a resource rather than one for every value
 * of the map, which would be beyond the cost limit of rules: older API servers take each quantity
 * to be as long as a request may be (kubernetes#132837).
 */
final class Quantities {
  static final String CPU =
      "!('cpu' in self) || (type(self['cpu']) == string ? isQuantity(self['cpu']) &&"
          + " !self['cpu'].startsWith('-') : self['cpu'] >= 0)";
  static final String CPU_MESSAGE =
      "cpu is a number of cores, or of thousandths of a core with an m: write 2 or 500m";

  static final String MEMORY =
      "!('memory' in self) || (type(self['memory']) == string ? isQuantity(self['memory']) &&"
          + " !self['memory'].startsWith('-') : self['memory'] >= 0)";
  static final String MEMORY_MESSAGE =
      "memory is a number of bytes, with a unit such as Mi or Gi and no space before it: write"
          + " 512Mi or 2Gi";

  static final String DISK =
      "!('ephemeral-storage' in self) || (type(self['ephemeral-storage']) == string ?"
          + " isQuantity(self['ephemeral-storage']) &&"
          + " !self['ephemeral-storage'].startsWith('-') : self['ephemeral-storage'] >= 0)";
  static final String DISK_MESSAGE =
      "ephemeral-storage is a number of bytes, with a unit such as Mi or Gi and no space before it:"
          + " write 512Mi or 2Gi";

  private Quantities() {}
}

package dev.berth.api;

/**
 * CEL rules for names, with the words that explain them. Rules rather than patterns, because the
 * API server shows a pattern as it is, and a rule's message says what to do.
 */
final class Names {
  /** Longest name of a resource of ours: it also stands in labels and in the URL. */
  static final int MAX = 63;

  /** Longest name of somebody else's resource. */
  static final int MAX_FOREIGN = 253;

  static final String LABEL = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')";
  static final String LABEL_MESSAGE =
      "use lower-case letters, digits and '-', beginning and ending with a letter or digit";

  static final String SUBDOMAIN =
      "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";
  static final String SUBDOMAIN_MESSAGE =
      "name a resource of this namespace: lower-case letters, digits, '-' and '.', beginning and"
          + " ending with a letter or digit";

  static final String SHORT = "size(self.metadata.name) <= 63";
  static final String SHORT_MESSAGE =
      "metadata.name is at most 63 characters: choose a shorter name";

  static final String KEY = "self.matches('^[-._a-zA-Z0-9]+$')";
  static final String KEY_MESSAGE = "a key has letters, digits, '-', '_' and '.' only";

  private Names() {}
}

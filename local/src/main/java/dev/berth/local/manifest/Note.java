package dev.berth.local.manifest;

/**
 * A document that is none of the local shell's business, and why.
 *
 * @param source the document
 * @param message one sentence
 */
public record Note(Source source, String message) {

  /** One line for people: {@code rbac.yaml, document 2: Role is ignored ...}. */
  @Override
  public String toString() {
    return source + ": " + message;
  }
}

package dev.berth.local.manifest;

/**
 * Why a document was not taken; the version of it that was taken before, if there is one, stands.
 *
 * @param source the document
 * @param resource kind and name, {@code Model boston-v1}; empty when the document does not say
 * @param field path of the offending field, {@code spec.artifact.uri}; empty for the document
 * @param message what is wrong and what to do, in the words of the API server
 */
public record Problem(Source source, String resource, String field, String message) {

  /** One line for people: {@code models.yaml: Model boston-v1: spec.artifact.uri: ...}. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(source.toString());
    if (!resource.isEmpty()) {
      line.append(": ").append(resource);
    }
    if (!field.isEmpty()) {
      line.append(": ").append(field);
    }
    return line.append(": ").append(message).toString();
  }
}

package dev.berth.local.manifest;

/**
 * What tells resources apart.
 *
 * @param kind Model, EndpointConfig, Endpoint, ConfigMap or Secret
 * @param namespace never empty
 * @param name never empty
 */
public record ResourceKey(String kind, String namespace, String name) {

  /** As messages name it: {@code Model boston-v1}. */
  @Override
  public String toString() {
    return kind + " " + name;
  }
}

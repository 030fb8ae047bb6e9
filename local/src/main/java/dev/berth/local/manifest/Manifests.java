package dev.berth.local.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a folder says, as an API server would hold it after {@code kubectl apply}. Never change a
 * resource found here: later readings share it.
 *
 * <p>A resource has its namespace filled in ({@code default} when the manifest names none) and
 * {@code metadata.generation} counted: 1 when first seen, one more with each change of its spec.
 * Identity and creation time are not made up here. A resource whose document turned invalid stays
 * as it was taken before; one whose document is gone from a readable file is gone.
 *
 * @param resources by key, in the order of files and documents
 * @param sources where each of {@code resources} stands
 * @param problems why documents were refused, in the same order
 * @param notes documents that are ignored
 */
public record Manifests(
    Map<ResourceKey, HasMetadata> resources,
    Map<ResourceKey, Source> sources,
    List<Problem> problems,
    List<Note> notes) {

  /** Copies what it is given. */
  public Manifests {
    resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    sources = Map.copyOf(sources);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Before anything was read. */
  public static Manifests none() {
    return new Manifests(Map.of(), Map.of(), List.of(), List.of());
  }

  /** All resources of one type: Model, EndpointConfig, Endpoint, ConfigMap or Secret. */
  public <T extends HasMetadata> List<T> all(Class<T> type) {
    return resources.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** One resource by type, namespace and name. */
  public <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
    ResourceKey key = new ResourceKey(type.getSimpleName(), namespace, name);
    return Optional.ofNullable(resources.get(key)).map(type::cast);
  }

  /** Whether every document was taken. */
  public boolean valid() {
    return problems.isEmpty();
  }
}

package dev.berth.local.state;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.local.manifest.Manifests;
import dev.berth.local.manifest.ResourceKey;
import dev.berth.local.manifest.Source;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Models, EndpointConfigs and Endpoints with their identity and status. One whose document is gone
 * stays, marked as going, until it is released. Used by the shell's own thread only.
 */
public final class Registry {
  private final ResourceFiles files;
  private final Map<ResourceKey, Held> held = new LinkedHashMap<>();
  private Manifests last = Manifests.none();

  private Registry(ResourceFiles files) {
    this.files = files;
  }

  /** Opens what an earlier life left in a folder, if it did. */
  public static Registry open(Path folder) throws IOException {
    Registry registry = new Registry(new ResourceFiles(folder));
    registry.files.readAll().forEach(one -> registry.held.put(one.key(), one));
    return registry;
  }

  /** What stands so far, for the next reading of the folder to be judged against. */
  public Manifests standing() {
    Map<ResourceKey, HasMetadata> resources = new LinkedHashMap<>(last.resources());
    Map<ResourceKey, Source> sources = new LinkedHashMap<>(last.sources());
    held.values()
        .forEach(
            one -> {
              resources.putIfAbsent(one.key(), one.taken());
              sources.putIfAbsent(one.key(), one.source());
            });
    return new Manifests(resources, sources, last.problems(), last.notes());
  }

  /** What the folder says now, ConfigMaps and Secrets included. */
  public Manifests manifests() {
    return last;
  }

  /** Takes a reading on: new and changed resources, and those whose documents are gone. */
  public void take(Manifests read, Instant now) throws IOException {
    last = read;
    for (Map.Entry<ResourceKey, HasMetadata> entry : read.resources().entrySet()) {
      if (entry.getValue() instanceof CustomResource<?, ?> resource) {
        take(entry.getKey(), resource, now);
      }
    }
    for (Held one : List.copyOf(held.values())) {
      if (one.deleted() == null && !read.resources().containsKey(one.key())) {
        put(one.deleted(now.toString()));
      }
    }
  }

  /** Every Endpoint, those that are going included. Copies: the caller may not change the spec. */
  public List<Endpoint> endpoints() {
    return all(Endpoint.class, Endpoint::new);
  }

  /** Every Model. */
  public List<Model> models() {
    return all(Model.class, Model::new);
  }

  /** Every EndpointConfig. */
  public List<EndpointConfig> configs() {
    return all(EndpointConfig.class, EndpointConfig::new);
  }

  /** Sets a status. Returns whether it differed; when not, nothing is written. */
  public boolean report(HasMetadata resource, Object status) throws IOException {
    Held one = held.get(keyOf(resource));
    if (one == null || Objects.equals(one.status(), status)) {
      return false;
    }
    put(one.reported(status));
    return true;
  }

  /** Nothing needs it any more: it is gone, unless its document is back. */
  public void release(HasMetadata resource, Instant now) throws IOException {
    ResourceKey key = keyOf(resource);
    held.remove(key);
    files.delete(key);
    if (last.resources().get(key) instanceof CustomResource<?, ?> back) {
      take(key, back, now);
    }
  }

  private void take(ResourceKey key, CustomResource<?, ?> resource, Instant now)
      throws IOException {
    Held before = held.get(key);
    Source source = last.sources().get(key);
    if (before == null) {
      String uid = UUID.randomUUID().toString();
      put(new Held(key, resource, uid, now.toString(), null, null, source));
    } else if (before.deleted() != null && resource instanceof Endpoint) {
      // As on a cluster, an Endpoint that is going goes; then it is made anew.
      return;
    } else if (before.deleted() != null || !same(before, resource)) {
      put(before.taken(resource, source).deleted(null));
    }
  }

  private static boolean same(Held before, CustomResource<?, ?> resource) {
    return Objects.equals(before.taken().getSpec(), resource.getSpec())
        && Objects.equals(before.taken().getMetadata(), resource.getMetadata());
  }

  private void put(Held one) throws IOException {
    held.put(one.key(), one);
    files.write(one);
  }

  private <S, T, R extends CustomResource<S, T>> List<R> all(Class<R> type, Supplier<R> make) {
    return held.values().stream()
        .filter(one -> type.isInstance(one.taken()))
        .map(one -> copy(one, type, make.get()))
        .toList();
  }

  @SuppressWarnings("unchecked") // A status is only ever put beside a resource of its own type.
  private static <S, T, R extends CustomResource<S, T>> R copy(Held one, Class<R> type, R copy) {
    copy.setMetadata(one.metadata());
    copy.setSpec(type.cast(one.taken()).getSpec());
    copy.setStatus((T) one.status());
    return copy;
  }

  private static ResourceKey keyOf(HasMetadata resource) {
    return new ResourceKey(
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName());
  }
}

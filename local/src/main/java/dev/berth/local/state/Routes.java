package dev.berth.local.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteStatus;
import dev.berth.api.EndpointRouteStatus.RouterAck;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** The route of each Endpoint, with its generation and the router's word on it. */
public final class Routes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, EndpointRoute> routes = new LinkedHashMap<>();
  private final Set<String> restored = new HashSet<>();
  private long newest;

  /** A route as the file has it. */
  private record Saved(String namespace, String name, long generation, EndpointRouteSpec spec) {}

  private Routes(Path file) {
    this.file = file;
  }

  /** Opens what an earlier life left; no router has acknowledged any of it in this life. */
  public static Routes open(Path file) throws IOException {
    Routes routes = new Routes(file);
    if (Files.exists(file)) {
      for (Saved saved : JSON.readValue(Files.readAllBytes(file), Saved[].class)) {
        routes.put(saved.namespace(), saved.name(), saved.generation(), saved.spec());
        routes.restored.add(saved.namespace() + "/" + saved.name());
        routes.newest = Math.max(routes.newest, saved.generation());
      }
    }
    return routes;
  }

  /** Every route. */
  public Collection<EndpointRoute> all() {
    return routes.values();
  }

  /** One Endpoint's route. */
  public Optional<EndpointRoute> find(String namespace, String endpoint) {
    return Optional.ofNullable(routes.get(namespace + "/" + endpoint));
  }

  /** Makes an Endpoint's route so; a change is a new generation. Empty removes it. */
  public void set(String namespace, String endpoint, Optional<EndpointRouteSpec> spec)
      throws IOException {
    Optional<EndpointRoute> old = find(namespace, endpoint);
    if (old.map(EndpointRoute::getSpec).equals(spec)) {
      return;
    }
    if (spec.isEmpty()) {
      routes.remove(namespace + "/" + endpoint);
    } else {
      // Counted over all routes, so that an Endpoint made anew never repeats a generation.
      put(namespace, endpoint, ++newest, spec.get());
      old.map(EndpointRoute::getStatus)
          .ifPresent(status -> routes.get(namespace + "/" + endpoint).setStatus(status));
    }
    save();
  }

  /**
   * Makes routes of an earlier life new again once their fleets serve, so that the router's word on
   * them means that it knows where.
   *
   * @param serves whether a fleet has an address, by namespace and name
   */
  public void renew(BiPredicate<String, String> serves) throws IOException {
    for (EndpointRoute route : List.copyOf(routes.values())) {
      String namespace = route.getMetadata().getNamespace();
      String key = namespace + "/" + route.getMetadata().getName();
      if (restored.contains(key)
          && route.getSpec().fleets().stream().anyMatch(f -> serves.test(namespace, f.service()))) {
        restored.remove(key);
        put(namespace, route.getMetadata().getName(), ++newest, route.getSpec());
        save();
      }
    }
  }

  /** Whether the router's word on some route is still open. */
  public boolean awaitsWord(String router) {
    return routes.values().stream()
        .anyMatch(route -> acknowledged(route, router) < generation(route));
  }

  /** Notes the router's word. Returns whether it is news. */
  public boolean acknowledge(String router, Map<String, Long> generations, Instant now) {
    boolean news = false;
    for (Map.Entry<String, EndpointRoute> entry : routes.entrySet()) {
      Long routed = generations.get(entry.getKey());
      if (routed != null && routed != acknowledged(entry.getValue(), router)) {
        entry
            .getValue()
            .setStatus(
                new EndpointRouteStatus(Map.of(router, new RouterAck(routed, now.toString()))));
        news = true;
      }
    }
    return news;
  }

  private static long generation(EndpointRoute route) {
    return route.getMetadata().getGeneration();
  }

  private static long acknowledged(EndpointRoute route, String router) {
    RouterAck ack = route.getStatus() == null ? null : route.getStatus().routers().get(router);
    return ack == null ? -1 : ack.generation();
  }

  private void put(String namespace, String name, long generation, EndpointRouteSpec spec) {
    EndpointRoute route = new EndpointRoute();
    route.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withGeneration(generation)
            .build());
    route.setSpec(spec);
    routes.put(namespace + "/" + name, route);
  }

  private void save() throws IOException {
    Saved[] saved =
        routes.values().stream()
            .map(
                route ->
                    new Saved(
                        route.getMetadata().getNamespace(),
                        route.getMetadata().getName(),
                        generation(route),
                        route.getSpec()))
            .toArray(Saved[]::new);
    AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(saved));
  }
}

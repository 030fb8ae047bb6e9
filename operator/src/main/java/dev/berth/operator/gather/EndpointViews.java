package dev.berth.operator.gather;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.planner.EndpointView;
import dev.berth.planner.ObservedFleet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds what a plan for an Endpoint may depend on. */
public final class EndpointViews {

  private final Watched watched;
  private final ModelReports reports;
  private final String serverImage;
  private final Clock clock;

  public EndpointViews(Watched watched, ModelReports reports, String serverImage, Clock clock) {
    this.watched = watched;
    this.reports = reports;
    this.serverImage = serverImage;
    this.clock = clock;
  }

  /** The view by what {@code world} shows of its children. */
  public EndpointView of(Endpoint endpoint, World world, List<String> takenNames) {
    String namespace = endpoint.getMetadata().getNamespace();
    String name = endpoint.getMetadata().getName();
    Instant now = clock.instant();
    Map<String, EndpointConfig> configs = configs(endpoint);
    return new EndpointView(
        endpoint,
        configs,
        models(namespace, configs),
        fleets(world, namespace, name),
        world.route(namespace, name).filter(route -> !route.isMarkedForDeletion()),
        LiveRouters.of(world.routers(namespace), now),
        LiveRouters.readySince(world.routers(namespace)),
        takenNames,
        "http://%s.%s.svc".formatted(name, namespace),
        serverImage,
        now);
  }

  private Map<String, EndpointConfig> configs(Endpoint endpoint) {
    Map<String, EndpointConfig> configs = new TreeMap<>();
    for (String name : References.configs(endpoint)) {
      Optional<EndpointConfig> config = watched.config(endpoint.getMetadata().getNamespace(), name);
      config.ifPresent(found -> configs.put(name, found));
    }
    return configs;
  }

  private Map<String, Model> models(String namespace, Map<String, EndpointConfig> configs) {
    Map<String, Model> models = new TreeMap<>();
    for (EndpointConfig config : configs.values()) {
      for (String name : References.models(config)) {
        watched.model(namespace, name).ifPresent(found -> models.put(name, found));
      }
    }
    return models;
  }

  private List<ObservedFleet> fleets(World world, String namespace, String endpoint) {
    List<Pod> pods = world.servers(namespace, endpoint);
    List<Deployment> deployments = world.fleets(namespace, endpoint);
    for (Deployment deployment : deployments) {
      reports.look(deployment, pods);
    }
    return deployments.stream()
        .map(deployment -> FleetObserver.of(deployment, pods))
        .sorted(Comparator.comparing(ObservedFleet::name))
        .toList();
  }
}

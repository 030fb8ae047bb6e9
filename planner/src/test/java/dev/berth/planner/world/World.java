package dev.berth.planner.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointRouteStatus;
import dev.berth.api.EndpointRouteStatus.RouterAck;
import dev.berth.api.EndpointSpec;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.UpdateStatus;
import dev.berth.api.Model;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.EndpointView;
import dev.berth.planner.Fleet;
import dev.berth.planner.PlannedEvent;
import dev.berth.planner.Planner;
import dev.berth.planner.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One Endpoint's world, and an operator that plans and applies. */
public final class World {
  private static final ObjectMapper JSON = new ObjectMapper();

  public final Map<String, EndpointConfig> configs = new TreeMap<>();
  public final Map<String, Model> models = new TreeMap<>();
  public final Set<String> routers = new TreeSet<>(Set.of("r1", "r2"));
  public final Map<String, Instant> readySince = new TreeMap<>();
  public final Set<String> unready = new TreeSet<>();
  public final List<String> taken = new ArrayList<>();
  public final List<PlannedEvent> events = new ArrayList<>();
  public Instant now = Instant.parse("2026-11-23T12:00:00Z");
  public String serverImage = "berth:1";
  public boolean released;
  public EndpointPlan plan;

  final Map<String, SimulatedFleet> fleets = new TreeMap<>();
  private final Endpoint endpoint = new Endpoint();
  private final Map<String, EndpointRouteSpec> obeyed = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private EndpointRoute route;

  public World(String config) {
    Catalogue.configNames().forEach(name -> configs.put(name, Catalogue.config(name)));
    Set.of("m1", "m2", "m3").forEach(name -> models.put(name, Catalogue.model(name)));
    endpoint.setMetadata(Catalogue.meta("housing"));
    endpoint.setSpec(new EndpointSpec(config, null, null, null, null));
    rememberLabels();
  }

  /** Changes the spec as a user does: the generation goes up. */
  public void edit(EndpointSpec spec) {
    endpoint.setSpec(spec);
    endpoint.getMetadata().setGeneration(endpoint.getMetadata().getGeneration() + 1);
  }

  public EndpointSpec spec() {
    return endpoint.getSpec();
  }

  public EndpointStatus status() {
    return endpoint.getStatus();
  }

  public void writeStatus(EndpointStatus status) {
    endpoint.setStatus(throughJson(status, EndpointStatus.class));
  }

  public void delete() {
    endpoint.getMetadata().setDeletionTimestamp(now.toString());
  }

  /** Which EndpointConfig a revision was made of; one that was made anew has an apostrophe. */
  public String label(String revision) {
    return labels.getOrDefault(revision, revision);
  }

  public void rememberLabels() {
    for (EndpointConfig config : configs.values()) {
      String name = config.getMetadata().getName();
      Revision.of(config, models)
          .ifPresent(
              r -> labels.putIfAbsent(r.hash(), labels.containsValue(name) ? name + "'" : name));
    }
  }

  public EndpointView view() {
    return new EndpointView(
        endpoint,
        namedConfigs(),
        Map.copyOf(models),
        fleets.values().stream().map(SimulatedFleet::observed).toList(),
        Optional.ofNullable(route),
        Set.copyOf(routers),
        readyRouters(),
        List.copyOf(taken),
        "http://housing.homes.svc",
        serverImage,
        now);
  }

  /** A router that no story speaks of has been ready for ever. */
  private Map<String, Instant> readyRouters() {
    return routers.stream()
        .filter(router -> !unready.contains(router))
        .collect(
            Collectors.toUnmodifiableMap(
                router -> router, router -> readySince.getOrDefault(router, Instant.EPOCH)));
  }

  private Map<String, EndpointConfig> namedConfigs() {
    Set<String> names = new TreeSet<>(Set.of(spec().endpointConfigName()));
    Optional<EndpointStatus> status = Optional.ofNullable(status());
    status.map(EndpointStatus::endpointConfigName).ifPresent(names::add);
    status.map(EndpointStatus::update).map(UpdateStatus::from).ifPresent(names::add);
    status.map(EndpointStatus::update).map(UpdateStatus::to).ifPresent(names::add);
    return configs.entrySet().stream()
        .filter(entry -> names.contains(entry.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public EndpointPlan decide() {
    plan = Planner.plan(view());
    return plan;
  }

  /** Plans, applies, reports: what a shell does whenever something changed. */
  public void reconcile() {
    decide();
    apply(plan);
    report(plan);
  }

  public void report(EndpointPlan decided) {
    writeStatus(decided.status());
    events.addAll(decided.events());
    released = decided.released();
  }

  /** Makes the world as planned; what the planner must never ask for fails here. */
  public void apply(EndpointPlan decided) {
    Set<String> wanted = decided.fleets().stream().map(Fleet::name).collect(Collectors.toSet());
    Set<String> removed = new TreeSet<>(fleets.keySet());
    removed.removeAll(wanted);
    removed.removeAll(decided.keep());
    checkNobodyNeeds(removed);
    removed.forEach(fleets::remove);
    for (Fleet fleet : decided.fleets()) {
      fleets.computeIfAbsent(fleet.name(), _ -> new SimulatedFleet(fleet)).apply(fleet);
    }
    applyRoute(decided.route());
  }

  private void applyRoute(Optional<EndpointRouteSpec> wanted) {
    if (wanted.isEmpty()) {
      route = null;
      obeyed.clear();
      return;
    }
    EndpointRouteSpec spec = throughJson(wanted.get(), EndpointRouteSpec.class);
    if (route == null) {
      route = new EndpointRoute();
      route.setMetadata(Catalogue.meta("housing"));
      route.setSpec(spec);
      route.setStatus(new EndpointRouteStatus(new TreeMap<>()));
    } else if (!route.getSpec().equals(spec)) {
      route.setSpec(spec);
      route.getMetadata().setGeneration(route.getMetadata().getGeneration() + 1);
    }
  }

  /** The router takes the route up as it stands, and says so. */
  public void obey(String router) {
    if (route != null) {
      obeyed.put(router, route.getSpec());
      long generation = route.getMetadata().getGeneration();
      route.getStatus().routers().put(router, new RouterAck(generation, now.toString()));
    }
  }

  public void loseRouter(String router) {
    routers.remove(router);
    obeyed.remove(router);
    if (route != null) {
      route.getStatus().routers().remove(router);
    }
  }

  public Optional<EndpointRoute> route() {
    return Optional.ofNullable(route);
  }

  /** Fleets that some live router may send a request to at this very moment. */
  public Set<String> obeyedFleets() {
    return routers.stream()
        .filter(obeyed::containsKey)
        .flatMap(router -> obeyed.get(router).fleets().stream())
        .map(FleetRoute::service)
        .collect(Collectors.toSet());
  }

  private void checkNobodyNeeds(Set<String> removed) {
    Set<String> needed = new TreeSet<>(removed);
    needed.retainAll(obeyedFleets());
    if (!needed.isEmpty()) {
      throw new AssertionError("a router still sends requests to " + needed);
    }
  }

  private static <T> T throughJson(T value, Class<T> type) {
    try {
      return JSON.readValue(JSON.writeValueAsString(value), type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

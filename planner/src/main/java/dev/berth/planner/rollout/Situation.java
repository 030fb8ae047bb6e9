package dev.berth.planner.rollout;

import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointSpec;
import dev.berth.api.EndpointSpec.VariantOverride;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.VariantStatus;
import dev.berth.api.ProductionVariant.Routing;
import dev.berth.planner.EndpointView;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.defaults.EndpointDefaults;
import dev.berth.planner.defaults.VariantDefaults;
import dev.berth.planner.naming.FleetName;
import dev.berth.planner.revision.Revision;
import dev.berth.planner.route.FleetRoutes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A view with what every rule asks of it worked out once. */
public final class Situation {
  private final EndpointView view;
  private final Acceptance acceptance;
  private final Map<String, Revision> revisions = new HashMap<>();
  private final Map<String, ObservedFleet> fleets = new HashMap<>();

  public Situation(EndpointView view) {
    this.view = view;
    this.acceptance = Acceptance.of(view);
    // In the order of their names: of two with equal content the same one is found each time.
    new TreeMap<>(view.configs())
        .descendingMap().values().stream()
            .flatMap(config -> Revision.of(config, view.models()).stream())
            .forEach(revision -> revisions.put(revision.hash(), revision));
    view.fleets().forEach(fleet -> fleets.put(fleet.name(), fleet));
  }

  public EndpointView view() {
    return view;
  }

  public String endpointName() {
    return view.endpoint().getMetadata().getName();
  }

  public EndpointSpec spec() {
    return view.endpoint().getSpec();
  }

  public Optional<EndpointStatus> status() {
    return Optional.ofNullable(view.endpoint().getStatus());
  }

  /** A shell without generations has one for ever. */
  public long generation() {
    return Objects.requireNonNullElse(view.endpoint().getMetadata().getGeneration(), 0L);
  }

  public Instant now() {
    return view.now();
  }

  public Acceptance acceptance() {
    return acceptance;
  }

  public List<VariantOverride> overrides() {
    return EndpointDefaults.overrides(spec());
  }

  public boolean paused() {
    return EndpointDefaults.paused(spec());
  }

  /** The revision's content; empty when its EndpointConfig or a Model of it is gone. */
  public Optional<Revision> revision(String hash) {
    return Optional.ofNullable(revisions.get(hash));
  }

  /** The fleet of that name, if it exists. */
  public Optional<ObservedFleet> fleet(String name) {
    return Optional.ofNullable(fleets.get(name));
  }

  public Optional<ObservedFleet> fleet(Revision revision, String variant) {
    return fleet(FleetName.of(endpointName(), variant, revision.hash()));
  }

  public List<ObservedFleet> fleetsOf(String hash) {
    return view.fleets().stream().filter(fleet -> fleet.revision().equals(hash)).toList();
  }

  /** Replicas that a variant has in a revision; 0 if it has none. */
  public int replicasOf(String hash, String variant) {
    return fleetsOf(hash).stream()
        .filter(fleet -> fleet.variant().equals(variant))
        .mapToInt(ObservedFleet::desiredReplicas)
        .sum();
  }

  /**
   * The route to a revision. One whose EndpointConfig is gone keeps the route that it has, or, that
   * too being gone, gets one to its fleets.
   */
  public List<FleetRoute> routeTo(String hash) {
    Optional<Revision> revision = revision(hash);
    if (revision.isPresent()) {
      return FleetRoutes.of(endpointName(), revision.get(), overrides());
    }
    List<FleetRoute> written =
        writtenRoute().filter(fleet -> fleet.revision().equals(hash)).toList();
    return written.isEmpty() ? fleetsOf(hash).stream().map(this::routeTo).toList() : written;
  }

  /** From when clients can be expected to reach a router; empty while none is ready. */
  public Optional<Instant> reachableAt() {
    return view.readyRouters().values().stream()
        .min(Comparator.naturalOrder())
        .map(ready -> ready.plus(Timers.WAY_IS_KNOWN));
  }

  /** Whether a revision can carry the traffic now: a ready replica for each share of it. */
  public boolean carries(String hash) {
    List<FleetRoute> route = routeTo(hash);
    return !route.isEmpty() && route.stream().allMatch(this::carries);
  }

  private boolean carries(FleetRoute share) {
    return share.weight() <= 0
        || fleet(share.service()).filter(fleet -> fleet.readyReplicas() > 0).isPresent();
  }

  /** What stands in the route that was last written. */
  public Stream<FleetRoute> writtenRoute() {
    return view.route().map(route -> route.getSpec()).map(EndpointRouteSpec::fleets).stream()
        .flatMap(List::stream);
  }

  private FleetRoute routeTo(ObservedFleet fleet) {
    double weight =
        status().map(EndpointStatus::variants).stream()
            .flatMap(List::stream)
            .filter(v -> fleet.variant().equals(v.name()) && fleet.revision().equals(v.revision()))
            .map(VariantStatus::desiredWeight)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(VariantDefaults.WEIGHT);
    return new FleetRoute(
        fleet.variant(), fleet.revision(), fleet.name(), weight, Routing.LeastOutstanding);
  }
}

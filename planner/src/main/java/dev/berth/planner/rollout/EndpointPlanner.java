package dev.berth.planner.rollout;

import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.EndpointView;
import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.defaults.EndpointDefaults;
import dev.berth.planner.defaults.VariantDefaults;
import dev.berth.planner.naming.FleetName;
import dev.berth.planner.revision.Revision;
import dev.berth.planner.status.Conditions;
import dev.berth.planner.status.Judgement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans an Endpoint: its revision's fleets, and a route to them once they are ready. */
public final class EndpointPlanner {
  private EndpointPlanner() {}

  public static EndpointPlan plan(EndpointView view) {
    Optional<Revision> revision =
        Optional.ofNullable(view.configs().get(view.endpoint().getSpec().endpointConfigName()))
            .flatMap(config -> Revision.of(config, view.models()));
    boolean going = view.endpoint().getMetadata().getDeletionTimestamp() != null;
    List<Fleet> fleets = going ? List.of() : revision.map(r -> fleets(view, r)).orElse(List.of());
    boolean ready = !fleets.isEmpty() && fleets.stream().allMatch(fleet -> ready(view, fleet));
    Optional<EndpointRouteSpec> route =
        ready
            ? Optional.of(route(view, fleets))
            : going ? Optional.empty() : view.route().map(r -> r.getSpec());
    return new EndpointPlan(
        fleets,
        going ? Set.of() : names(view),
        route,
        !going,
        status(view, going ? Phase.Deleting : ready ? Phase.InService : Phase.Creating),
        List.of(),
        Optional.empty(),
        going && view.fleets().isEmpty() && view.route().isEmpty());
  }

  private static Set<String> names(EndpointView view) {
    return view.fleets().stream().map(ObservedFleet::name).collect(Collectors.toSet());
  }

  private static List<Fleet> fleets(EndpointView view, Revision revision) {
    String endpoint = view.endpoint().getMetadata().getName();
    return revision.variants().stream()
        .map(
            variant ->
                new Fleet(
                    FleetName.of(endpoint, variant.name(), revision.hash()),
                    view.endpoint().getMetadata().getNamespace(),
                    endpoint,
                    revision.hash(),
                    variant.modelName(),
                    revision.modelOf(variant),
                    variant,
                    view.serverImage(),
                    Objects.requireNonNullElse(variant.replicas(), VariantDefaults.REPLICAS)))
        .toList();
  }

  private static boolean ready(EndpointView view, Fleet fleet) {
    return view.fleets().stream()
        .anyMatch(f -> f.name().equals(fleet.name()) && f.readyReplicas() >= fleet.replicas());
  }

  private static EndpointRouteSpec route(EndpointView view, List<Fleet> fleets) {
    return new EndpointRouteSpec(
        fleets.stream()
            .map(
                f ->
                    new FleetRoute(
                        f.variant().name(),
                        f.revision(),
                        f.name(),
                        VariantDefaults.weight(f.variant()),
                        VariantDefaults.routing(f.variant())))
            .toList(),
        EndpointDefaults.limits(view.endpoint().getSpec()));
  }

  private static EndpointStatus status(EndpointView view, Phase phase) {
    EndpointStatus old = view.endpoint().getStatus();
    Long generation = view.endpoint().getMetadata().getGeneration();
    Conditions conditions =
        new Conditions(old == null ? null : old.conditions(), generation, view.now());
    Judgement ready =
        phase == Phase.InService
            ? Judgement.yes("InService", "")
            : Judgement.no(phase.name(), "waiting for its fleets");
    EndpointConfig config = view.configs().get(view.endpoint().getSpec().endpointConfigName());
    String revision =
        Optional.ofNullable(config)
            .flatMap(c -> Revision.of(c, view.models()))
            .map(Revision::hash)
            .orElse(null);
    return new EndpointStatus(
        generation,
        phase,
        view.url(),
        view.endpoint().getSpec().endpointConfigName(),
        revision,
        null,
        null,
        null,
        List.of(),
        List.of(conditions.of("Ready", ready)));
  }
}

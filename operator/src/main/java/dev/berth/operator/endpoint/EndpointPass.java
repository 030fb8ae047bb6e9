package dev.berth.operator.endpoint;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointRoute;
import dev.berth.operator.apply.Applier;
import dev.berth.operator.gather.EndpointViews;
import dev.berth.operator.gather.LiveWorld;
import dev.berth.operator.gather.Watched;
import dev.berth.operator.gather.World;
import dev.berth.operator.render.EndpointObjects;
import dev.berth.operator.render.FleetObjects;
import dev.berth.operator.render.Labels;
import dev.berth.operator.render.Owners;
import dev.berth.operator.settings.OperatorSettings;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.EndpointView;
import dev.berth.planner.Fleet;
import dev.berth.planner.Planner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pass over one Endpoint: what should be so, and the calls that make it so. */
final class EndpointPass {

  private final EndpointViews views;
  private final Watched watched;
  private final LiveWorld live;
  private final Applier applier;
  private final RouterKeeper routers;
  private final RouteWords words;
  private final OperatorSettings settings;

  EndpointPass(EndpointParts parts, OperatorSettings settings) {
    this.views = parts.views();
    this.watched = parts.watched();
    this.live = new LiveWorld(parts.client());
    this.applier = parts.applier();
    this.routers = new RouterKeeper(parts.watched(), parts.applier(), settings);
    this.words = new RouteWords(parts.client(), parts.writes());
    this.settings = settings;
  }

  /**
   * What should be so.
   *
   * @param taken names of objects that strangers have, as {@code Kind/name}
   */
  record Decision(EndpointPlan plan, Set<String> taken) {}

  Decision decide(Endpoint endpoint) {
    String namespace = endpoint.getMetadata().getNamespace();
    Set<String> taken = new LinkedHashSet<>();
    EndpointPlan plan = plan(endpoint, watched, taken);
    taken.addAll(taken(objects(endpoint, plan)));
    taken.addAll(routers.taken(namespace));
    if (!taken.isEmpty()) {
      plan = plan(endpoint, watched, taken);
    }
    if (takesAway(endpoint, plan)) {
      plan = plan(endpoint, live, taken);
    }
    return new Decision(plan, taken);
  }

  /** Makes it so, as far as the API server lets it; nothing is taken away when it did not. */
  void makeSo(Endpoint endpoint, Decision decision) {
    String namespace = endpoint.getMetadata().getNamespace();
    if (!decision.taken().contains("Deployment/" + RouterKeeper.NAME)) {
      routers.keep(namespace);
    }
    apply(endpoint, decision.plan(), decision.taken());
    sweep(endpoint, decision.plan());
    watched
        .route(namespace, endpoint.getMetadata().getName())
        .ifPresent(route -> words.prune(route, watched.routers(namespace)));
  }

  private EndpointPlan plan(Endpoint endpoint, World world, Set<String> taken) {
    EndpointView view = views.of(endpoint, world, List.copyOf(taken));
    return Planner.plan(view);
  }

  private List<HasMetadata> objects(Endpoint endpoint, EndpointPlan plan) {
    List<HasMetadata> objects = new ArrayList<>();
    for (Fleet fleet : plan.fleets()) {
      objects.addAll(objects(endpoint, fleet));
    }
    objects.addAll(own(endpoint, plan));
    return objects;
  }

  private List<HasMetadata> objects(Endpoint endpoint, Fleet fleet) {
    return FleetObjects.of(fleet, Owners.controller(endpoint), settings.imagePullPolicy());
  }

  private static List<HasMetadata> own(Endpoint endpoint, EndpointPlan plan) {
    List<HasMetadata> own = new ArrayList<>();
    if (plan.needsRouter()) {
      own.add(EndpointObjects.service(endpoint));
    }
    plan.route().ifPresent(route -> own.add(EndpointObjects.route(endpoint, route)));
    return own;
  }

  private List<String> taken(List<HasMetadata> objects) {
    return objects.stream().filter(applier::taken).map(EndpointPass::name).toList();
  }

  static String name(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  /**
   * A fleet with a stranger's object among its names is not begun; one that the API server refuses
   * keeps none of the others waiting.
   */
  private void apply(Endpoint endpoint, EndpointPlan plan, Set<String> taken) {
    Optional<KubernetesClientException> refusal = Optional.empty();
    for (Fleet fleet : plan.fleets()) {
      try {
        apply(endpoint, fleet, taken);
      } catch (KubernetesClientException e) {
        refusal = refusal.or(() -> Optional.of(e));
      }
    }
    for (HasMetadata object : own(endpoint, plan)) {
      if (!taken.contains(name(object))) {
        applier.apply(object);
      }
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private void apply(Endpoint endpoint, Fleet fleet, Set<String> taken) {
    List<HasMetadata> objects = objects(endpoint, fleet);
    if (objects.stream().map(EndpointPass::name).noneMatch(taken::contains)) {
      boolean autoscaled = fleet.variant().autoscaling() != null;
      objects.forEach(object -> applier.applyFleet(object, autoscaled));
    }
  }

  private boolean takesAway(Endpoint endpoint, EndpointPlan plan) {
    return plan.released() || !superfluous(endpoint, plan).isEmpty() || dropsRoute(endpoint, plan);
  }

  private boolean dropsRoute(Endpoint endpoint, EndpointPlan plan) {
    return plan.route().isEmpty() && route(endpoint).isPresent();
  }

  private Optional<EndpointRoute> route(Endpoint endpoint) {
    return watched.route(endpoint.getMetadata().getNamespace(), endpoint.getMetadata().getName());
  }

  private void sweep(Endpoint endpoint, EndpointPlan plan) {
    String uid = endpoint.getMetadata().getUid();
    if (plan.route().isEmpty()) {
      route(endpoint).ifPresent(route -> applier.remove(route, uid));
    }
    superfluous(endpoint, plan).forEach(object -> applier.remove(object, uid));
  }

  /** Objects of fleets that are no longer planned for, left behind by a dead process included. */
  private List<HasMetadata> superfluous(Endpoint endpoint, EndpointPlan plan) {
    Set<String> wanted = new HashSet<>(plan.keep());
    plan.fleets().forEach(fleet -> wanted.add(fleet.name()));
    List<HasMetadata> superfluous = new ArrayList<>();
    for (Class<? extends HasMetadata> kind : Watched.FLEET_KINDS) {
      watched
          .children(kind, endpoint.getMetadata().getNamespace(), endpoint.getMetadata().getName())
          .stream()
          .filter(object -> isOfOtherFleet(object, wanted))
          .forEach(superfluous::add);
    }
    return superfluous;
  }

  private static boolean isOfOtherFleet(HasMetadata object, Set<String> wanted) {
    String fleet = object.getMetadata().getLabels().get(Labels.FLEET);
    return fleet != null && !wanted.contains(fleet) && !object.isMarkedForDeletion();
  }
}

package dev.berth.operator.gather;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointRoute;
import dev.berth.api.Model;
import dev.berth.operator.apply.Standing;
import dev.berth.operator.render.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that the Endpoints' controller watches, found by name, by Endpoint or by role. */
public final class Watched implements World, Standing {

  /** Kinds of a fleet's objects; the Deployment last, for it is what a fleet is known by. */
  public static final List<Class<? extends HasMetadata>> FLEET_KINDS =
      List.of(
          HorizontalPodAutoscaler.class,
          PodDisruptionBudget.class,
          Service.class,
          ConfigMap.class,
          Deployment.class);

  private static final String BY_ENDPOINT = "endpoint";

  /** No Endpoint's name has a slash. */
  private static final String ROUTERS = "//routers";

  private final IndexerResourceCache<Endpoint> endpoints;
  private final Map<Class<?>, InformerEventSource<?, Endpoint>> sources = new LinkedHashMap<>();

  public Watched(EventSourceContext<Endpoint> context) {
    this.endpoints = context.getPrimaryCache();
    Triggers triggers = new Triggers(endpoints);
    for (Class<? extends HasMetadata> kind : FLEET_KINDS) {
      own(context, kind, triggers::ofChild);
    }
    own(context, Pod.class, triggers::ofChild);
    own(context, ServiceAccount.class, triggers::ofChild);
    own(context, Role.class, triggers::ofChild);
    own(context, RoleBinding.class, triggers::ofChild);
    own(context, EndpointRoute.class, triggers::ofChild);
    watch(context, EndpointConfig.class, null, triggers::ofConfig);
    watch(context, Model.class, null, model -> triggers.ofModel(model, this::config));
  }

  private <T extends HasMetadata> void own(
      EventSourceContext<Endpoint> context, Class<T> kind, SecondaryToPrimaryMapper<T> mapper) {
    watch(context, kind, Labels.SELECTOR, mapper)
        .addIndexers(Map.of(BY_ENDPOINT, object -> List.of(key(object))));
  }

  private <T extends HasMetadata> InformerEventSource<T, Endpoint> watch(
      EventSourceContext<Endpoint> context,
      Class<T> kind,
      String selector,
      SecondaryToPrimaryMapper<T> mapper) {
    InformerEventSource<T, Endpoint> source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(kind, Endpoint.class)
                .withName("endpoint-" + kind.getSimpleName())
                .withLabelSelector(selector)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(mapper)
                .withOnUpdateFilter(Triggers::matters)
                .build(),
            context);
    sources.put(kind, source);
    return source;
  }

  /** For the controller to start and listen to. */
  public List<EventSource<?, Endpoint>> eventSources() {
    return new ArrayList<>(sources.values());
  }

  /** Whether every cache is filled; before that nothing here proves anything. */
  public boolean ready() {
    return sources.values().stream().allMatch(InformerEventSource::isRunning);
  }

  @Override
  public <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
    return source(type).get(new ResourceID(name, namespace));
  }

  @Override
  @SuppressWarnings("unchecked") // an object's own class is the class that its source is keyed by
  public <T extends HasMetadata> void remember(Optional<T> before, T now) {
    InformerEventSource<T, Endpoint> source = source((Class<T>) now.getClass());
    ResourceID id = ResourceID.fromResource(now);
    if (before.isPresent()) {
      source.handleRecentResourceUpdate(id, now, before.get());
    } else {
      source.handleRecentResourceCreate(id, now);
    }
  }

  @SuppressWarnings("unchecked") // watch() keys every source by the class that it is a source of
  private <T extends HasMetadata> InformerEventSource<T, Endpoint> source(Class<T> type) {
    return (InformerEventSource<T, Endpoint>) sources.get(type);
  }

  /** Objects of a kind that belong to fleets of the Endpoint, or to itself. */
  public <T extends HasMetadata> List<T> children(
      Class<T> type, String namespace, String endpoint) {
    return source(type).byIndex(BY_ENDPOINT, namespace + "/" + endpoint);
  }

  @Override
  public List<Deployment> fleets(String namespace, String endpoint) {
    return children(Deployment.class, namespace, endpoint);
  }

  @Override
  public List<Pod> servers(String namespace, String endpoint) {
    return children(Pod.class, namespace, endpoint);
  }

  @Override
  public List<Pod> routers(String namespace) {
    return source(Pod.class).byIndex(BY_ENDPOINT, namespace + ROUTERS);
  }

  @Override
  public Optional<EndpointRoute> route(String namespace, String endpoint) {
    return find(EndpointRoute.class, namespace, endpoint);
  }

  public Optional<EndpointConfig> config(String namespace, String name) {
    return find(EndpointConfig.class, namespace, name);
  }

  public Optional<Model> model(String namespace, String name) {
    return find(Model.class, namespace, name);
  }

  /** All EndpointConfigs of a namespace. */
  public List<EndpointConfig> configs(String namespace) {
    return source(EndpointConfig.class).list(namespace, config -> true).toList();
  }

  /** All Endpoints of a namespace, those that are being deleted included. */
  public List<Endpoint> endpoints(String namespace) {
    return endpoints.list(namespace, endpoint -> true).toList();
  }

  /** Every Endpoint that is watched. */
  public List<Endpoint> endpoints() {
    return endpoints.list(endpoint -> true).toList();
  }

  private static String key(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    String namespace = object.getMetadata().getNamespace();
    return Labels.ROUTER.equals(labels.get(Labels.COMPONENT))
        ? namespace + ROUTERS
        : namespace + "/" + labels.get(Labels.ENDPOINT);
  }
}

package dev.berth.operator.gather;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which Endpoints a change concerns. */
final class Triggers {

  private final IndexerResourceCache<Endpoint> endpoints;

  Triggers(IndexerResourceCache<Endpoint> endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * The Endpoint that an object was made for. A router's coming and going concerns every Endpoint
   * that waits for its word; the rest of what routers share is put right by any one of them.
   */
  Set<ResourceID> ofChild(HasMetadata child) {
    Map<String, String> labels = child.getMetadata().getLabels();
    String namespace = child.getMetadata().getNamespace();
    String endpoint = labels == null ? null : labels.get(Labels.ENDPOINT);
    if (endpoint != null) {
      return Set.of(new ResourceID(endpoint, namespace));
    }
    Stream<Endpoint> all = endpoints.list(namespace, e -> true);
    if (child instanceof Pod || child instanceof Deployment) {
      return ids(all);
    }
    return ids(all.min(Comparator.comparing(e -> e.getMetadata().getName())).stream());
  }

  Set<ResourceID> ofConfig(EndpointConfig config) {
    String name = config.getMetadata().getName();
    return ids(
        endpoints.list(
            config.getMetadata().getNamespace(), e -> References.configs(e).contains(name)));
  }

  /** {@code configs} finds an EndpointConfig by namespace and name. */
  Set<ResourceID> ofModel(
      Model model, BiFunction<String, String, Optional<EndpointConfig>> configs) {
    String namespace = model.getMetadata().getNamespace();
    String name = model.getMetadata().getName();
    return ids(
        endpoints.list(
            namespace,
            e ->
                References.configs(e).stream()
                    .flatMap(config -> configs.apply(namespace, config).stream())
                    .anyMatch(config -> References.models(config).contains(name))));
  }

  private static Set<ResourceID> ids(Stream<Endpoint> endpoints) {
    return endpoints.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  /**
   * Leaves out what only an autoscaler's or a budget's bookkeeping changed, several times a minute.
   */
  static boolean matters(HasMetadata now, HasMetadata before) {
    return switch (now) {
      case HorizontalPodAutoscaler hpa ->
          !hpa.getSpec().equals(((HorizontalPodAutoscaler) before).getSpec())
              || differ(now.getMetadata(), before.getMetadata());
      case PodDisruptionBudget budget ->
          !budget.getSpec().equals(((PodDisruptionBudget) before).getSpec())
              || differ(now.getMetadata(), before.getMetadata());
      default -> true;
    };
  }

  private static boolean differ(ObjectMeta now, ObjectMeta before) {
    return !Objects.equals(now.getLabels(), before.getLabels())
        || !Objects.equals(now.getAnnotations(), before.getAnnotations())
        || !Objects.equals(now.getOwnerReferences(), before.getOwnerReferences())
        || !Objects.equals(now.getDeletionTimestamp(), before.getDeletionTimestamp());
  }
}

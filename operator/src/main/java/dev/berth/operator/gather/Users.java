package dev.berth.operator.gather;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointStatus.VariantStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who uses a Model or an EndpointConfig. */
public final class Users {

  private Users() {}

  /** A watch of {@code kind} for the controller of Models or EndpointConfigs. */
  public static <T extends HasMetadata, P extends HasMetadata> InformerEventSource<T, P> watch(
      EventSourceContext<P> context, Class<T> kind, SecondaryToPrimaryMapper<T> mapper) {
    Class<P> primary = context.getPrimaryResourceClass();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, primary)
            .withName(primary.getSimpleName() + "-" + kind.getSimpleName())
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(mapper)
            .build(),
        context);
  }

  /** Names of the Models that an Endpoint runs or is to run. */
  public static Set<String> models(Endpoint endpoint, Collection<EndpointConfig> configs) {
    Set<String> models = new LinkedHashSet<>();
    Set<String> named = References.configs(endpoint);
    for (EndpointConfig config : configs) {
      if (named.contains(config.getMetadata().getName())) {
        models.addAll(References.models(config));
      }
    }
    if (endpoint.getStatus() != null && endpoint.getStatus().variants() != null) {
      endpoint.getStatus().variants().stream()
          .map(VariantStatus::modelName)
          .filter(name -> name != null)
          .forEach(models::add);
    }
    return models;
  }

  /** Names in the namespace of {@code holder}, as ids. */
  public static Set<ResourceID> ids(Collection<String> names, HasMetadata holder) {
    return names.stream()
        .map(name -> new ResourceID(name, holder.getMetadata().getNamespace()))
        .collect(Collectors.toSet());
  }

  /** Names of these Endpoints, sorted. */
  public static List<String> names(Collection<Endpoint> endpoints) {
    return endpoints.stream().map(endpoint -> endpoint.getMetadata().getName()).sorted().toList();
  }
}

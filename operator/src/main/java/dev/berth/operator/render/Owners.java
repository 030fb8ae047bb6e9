package dev.berth.operator.render;

import dev.berth.api.Endpoint;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Owner references, by which Kubernetes removes what an Endpoint leaves behind. */
public final class Owners {

  private Owners() {}

  /** The one Endpoint that an object is for. */
  public static OwnerReference controller(Endpoint endpoint) {
    return reference(endpoint).withController(true).withBlockOwnerDeletion(true).build();
  }

  /** All Endpoints that share an object, in a stable order. */
  public static List<OwnerReference> shared(Collection<Endpoint> endpoints) {
    return endpoints.stream()
        .sorted(Comparator.comparing(endpoint -> endpoint.getMetadata().getName()))
        .map(endpoint -> reference(endpoint).build())
        .toList();
  }

  private static OwnerReferenceBuilder reference(Endpoint endpoint) {
    return new OwnerReferenceBuilder()
        .withApiVersion("berth.dev/v1alpha1")
        .withKind("Endpoint")
        .withName(endpoint.getMetadata().getName())
        .withUid(endpoint.getMetadata().getUid());
  }
}

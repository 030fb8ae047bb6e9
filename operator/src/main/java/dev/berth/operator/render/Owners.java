package dev.berth.operator.render;

import dev.berth.api.Endpoint;
import dev.berth.planner.RouterPlan;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;

/** Owner references, by which Kubernetes removes what an Endpoint leaves behind. */
public final class Owners {

  /** The kind that owns every object of ours. */
  public static final String KIND = "Endpoint";

  private Owners() {}

  /** The one Endpoint that an object is for. */
  public static OwnerReference controller(Endpoint endpoint) {
    return reference(endpoint.getMetadata().getName(), endpoint.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /** All Endpoints that share an object, in the order given. */
  static List<OwnerReference> shared(List<RouterPlan.Owner> owners) {
    return owners.stream().map(owner -> reference(owner.name(), owner.uid()).build()).toList();
  }

  private static OwnerReferenceBuilder reference(String name, String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion("berth.dev/v1alpha1")
        .withKind(KIND)
        .withName(name)
        .withUid(uid);
  }
}

package dev.berth.operator.apply;

import dev.berth.operator.render.Labels;
import dev.berth.operator.render.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whose an object is. Ours carries our mark (the label, or, where someone took that away, our
 * annotation) and an owner that is right: the very Endpoint that it was made for (by uid, so that a
 * namesake's leftovers are a stranger's), or, for what the routers of a namespace share, the
 * routers' label and any Endpoint.
 */
final class Ownership {

  private Ownership() {}

  /** Whether {@code live}, which has the name that {@code desired} needs, may be written over. */
  static boolean ours(HasMetadata live, HasMetadata desired) {
    if (!marked(live)) {
      return false;
    }
    if (Labels.ROUTER.equals(labels(desired).get(Labels.COMPONENT))) {
      return Labels.ROUTER.equals(labels(live).get(Labels.COMPONENT))
          && owners(live).stream().anyMatch(owner -> Owners.KIND.equals(owner.getKind()));
    }
    return owners(live).stream().anyMatch(owner -> owns(owner, desired));
  }

  private static boolean owns(OwnerReference owner, HasMetadata desired) {
    return owners(desired).stream().anyMatch(o -> Objects.equals(o.getUid(), owner.getUid()));
  }

  /** Whether the object is the Endpoint's with this uid. */
  static boolean belongsTo(HasMetadata live, String uid) {
    return marked(live) && owners(live).stream().anyMatch(owner -> uid.equals(owner.getUid()));
  }

  private static boolean marked(HasMetadata live) {
    Map<String, String> annotations = live.getMetadata().getAnnotations();
    return Labels.BERTH.equals(labels(live).get(Labels.MANAGED_BY))
        || (annotations != null && annotations.containsKey(Applier.APPLIED));
  }

  private static Map<String, String> labels(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static List<OwnerReference> owners(HasMetadata object) {
    List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
    return owners == null ? List.of() : owners;
  }
}

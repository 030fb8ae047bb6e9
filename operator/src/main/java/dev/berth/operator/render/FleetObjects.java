package dev.berth.operator.render;

import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;

/**
 * All objects of a fleet, in the order in which they are made: what pods need comes before pods.
 */
public final class FleetObjects {

  private FleetObjects() {}

  public static List<HasMetadata> of(Fleet fleet, OwnerReference owner, String pullPolicy) {
    List<HasMetadata> objects = new ArrayList<>();
    if (fleet.model().image() == null) {
      objects.add(FleetConfigMap.of(fleet, owner));
    }
    objects.add(FleetService.of(fleet, owner));
    objects.add(FleetDisruptionBudget.of(fleet, owner));
    objects.add(VariantDeployment.first(fleet, owner, pullPolicy));
    FleetAutoscaler.of(fleet, owner).ifPresent(objects::add);
    return objects;
  }
}

package dev.berth.operator.render;

import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/**
 * How many of a fleet's pods a node drain may take at once: one, whatever the size, so that a fleet
 * of one never blocks a drain for ever.
 */
public final class FleetDisruptionBudget {

  private FleetDisruptionBudget() {}

  public static PodDisruptionBudget of(Fleet fleet, OwnerReference owner) {
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withName(fleet.name())
        .withNamespace(fleet.namespace())
        .withLabels(Labels.ofFleet(fleet))
        .withOwnerReferences(owner)
        .endMetadata()
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withNewSelector()
        .withMatchLabels(Labels.selectingFleet(fleet))
        .endSelector()
        .endSpec()
        .build();
  }
}

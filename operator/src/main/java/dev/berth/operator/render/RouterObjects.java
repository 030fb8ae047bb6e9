package dev.berth.operator.render;

import dev.berth.planner.RouterPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;

/**
 * All objects of a namespace's routers. Its Endpoints own them together, and the last one's going
 * takes them along.
 */
public final class RouterObjects {

  public static final String NAME = "berth-router";

  private RouterObjects() {}

  /** In the order in which they are made; nothing when the namespace needs no router. */
  public static List<HasMetadata> of(RouterPlan plan, String pullPolicy) {
    if (!plan.runs()) {
      return List.of();
    }
    ObjectMeta meta =
        new ObjectMetaBuilder()
            .withName(NAME)
            .withNamespace(plan.namespace())
            .withLabels(Labels.ofRouter())
            .withOwnerReferences(Owners.shared(plan.owners()))
            .build();
    return List.of(
        RouterAccess.account(meta),
        RouterAccess.role(meta),
        RouterAccess.binding(meta),
        disruptionBudget(meta),
        RouterDeployment.of(meta, plan, pullPolicy));
  }

  private static PodDisruptionBudget disruptionBudget(ObjectMeta meta) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withNewSelector()
        .withMatchLabels(Labels.selectingRouters())
        .endSelector()
        .endSpec()
        .build();
  }
}

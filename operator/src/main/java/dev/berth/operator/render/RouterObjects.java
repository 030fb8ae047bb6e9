package dev.berth.operator.render;

import dev.berth.api.Endpoint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Collection;
import java.util.List;

/**
 * All objects of a namespace's routers, planned in this one place from all Endpoints of the
 * namespace: they share them, and the last one's going takes them along.
 */
public final class RouterObjects {

  public static final String NAME = "berth-router";

  private RouterObjects() {}

  /** What the operator's settings say of routers. */
  public record Shape(String image, String pullPolicy, int replicas) {}

  public static List<HasMetadata> of(
      String namespace, Collection<Endpoint> endpoints, Shape shape) {
    ObjectMeta meta =
        new ObjectMetaBuilder()
            .withName(NAME)
            .withNamespace(namespace)
            .withLabels(Labels.ofRouter())
            .withOwnerReferences(Owners.shared(endpoints))
            .build();
    return List.of(
        RouterAccess.account(meta),
        RouterAccess.role(meta),
        RouterAccess.binding(meta),
        disruptionBudget(meta),
        RouterDeployment.of(meta, shape));
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

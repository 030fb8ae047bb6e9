package dev.berth.operator.render;

import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A fleet's Deployment. */
public final class VariantDeployment {

  private VariantDeployment() {}

  /**
   * As it is created: with a first size, whoever owns the size later.
   *
   * @param pullPolicy of the server's image; no reason to roll a fleet that runs
   */
  public static Deployment first(Fleet fleet, OwnerReference owner, String pullPolicy) {
    PodTemplateSpec template = VariantPod.of(fleet, pullPolicy);
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(fleet.name())
        .withNamespace(fleet.namespace())
        .withLabels(Labels.ofFleet(fleet))
        .withAnnotations(annotations(fleet, template))
        .withOwnerReferences(owner)
        .endMetadata()
        .withNewSpec()
        .withReplicas(fleet.replicas())
        .withRevisionHistoryLimit(2)
        .withProgressDeadlineSeconds(VariantPod.startupSeconds(fleet) + 60)
        .withNewSelector()
        .withMatchLabels(Labels.selectingFleet(fleet))
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable(0)
        .withNewMaxSurge("25%")
        .endRollingUpdate()
        .endStrategy()
        .withTemplate(template)
        .endSpec()
        .build();
  }

  /**
   * As it is applied over a Deployment that stands. Where an autoscaler owns the size, ours is left
   * out. A template that an earlier release rendered from the same inputs stays as it is: an
   * upgrade of the operator touches no running fleet.
   */
  public static Deployment next(Deployment first, Deployment live, boolean autoscaled) {
    DeploymentBuilder next = new DeploymentBuilder(first);
    if (autoscaled) {
      next.editSpec().withReplicas(null).endSpec();
    }
    if (keepsTemplate(first, live)) {
      next.editMetadata()
          .addToAnnotations(Labels.TEMPLATE, annotation(live, Labels.TEMPLATE))
          .endMetadata()
          .editSpec()
          .withTemplate(live.getSpec().getTemplate())
          .endSpec();
    }
    return next.build();
  }

  private static boolean keepsTemplate(Deployment first, Deployment live) {
    return Objects.equals(
            annotation(first, Labels.TEMPLATE_OF), annotation(live, Labels.TEMPLATE_OF))
        && annotation(live, Labels.TEMPLATE) != null
        && !Objects.equals(annotation(first, Labels.TEMPLATE), annotation(live, Labels.TEMPLATE));
  }

  private static String annotation(Deployment deployment, String name) {
    Map<String, String> annotations = deployment.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(name);
  }

  private static Map<String, String> annotations(Fleet fleet, PodTemplateSpec template) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(Labels.MODEL, fleet.modelName());
    annotations.put(Labels.SERVER_IMAGE, fleet.serverImage());
    annotations.put(Labels.TEMPLATE_OF, Json.hash(inputs(fleet)));
    annotations.put(Labels.TEMPLATE, Json.hash(template));
    return annotations;
  }

  /** What decides a fleet's pods; sizes and weights do not. */
  private static List<Object> inputs(Fleet fleet) {
    return List.of(
        fleet.name(),
        fleet.modelName(),
        fleet.serverImage(),
        Json.tree(fleet.model()),
        Json.tree(fleet.variant().resources()),
        Json.tree(fleet.variant().scheduling()),
        VariantPod.startupSeconds(fleet));
  }
}

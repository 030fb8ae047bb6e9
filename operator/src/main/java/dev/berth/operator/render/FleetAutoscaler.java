package dev.berth.operator.render;

import dev.berth.api.ProductionVariant.Autoscaling;
import dev.berth.api.ProductionVariant.Metric;
import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehaviorBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The autoscaler of a fleet whose variant asks for one. */
public final class FleetAutoscaler {

  private FleetAutoscaler() {}

  public static Optional<HorizontalPodAutoscaler> of(Fleet fleet, OwnerReference owner) {
    Autoscaling autoscaling = fleet.variant().autoscaling();
    if (autoscaling == null) {
      return Optional.empty();
    }
    return Optional.of(
        new HorizontalPodAutoscalerBuilder()
            .withNewMetadata()
            .withName(fleet.name())
            .withNamespace(fleet.namespace())
            .withLabels(Labels.ofFleet(fleet))
            .withOwnerReferences(owner)
            .endMetadata()
            .withNewSpec()
            .withNewScaleTargetRef("apps/v1", "Deployment", fleet.name())
            .withMinReplicas(
                autoscaling.minReplicas() == null ? Integer.valueOf(1) : autoscaling.minReplicas())
            .withMaxReplicas(autoscaling.maxReplicas())
            .withMetrics(metrics(autoscaling))
            .withBehavior(behavior(autoscaling))
            .endSpec()
            .build());
  }

  private static List<MetricSpec> metrics(Autoscaling autoscaling) {
    List<Metric> metrics = autoscaling.metrics();
    return metrics == null ? List.of() : metrics.stream().map(FleetAutoscaler::metric).toList();
  }

  private static MetricSpec metric(Metric metric) {
    return switch (metric.type()) {
      case CPU -> utilization("cpu", metric.target());
      case Memory -> utilization("memory", metric.target());
      case InvocationsPerReplica -> perPod("berth_server_invocations_per_minute", metric.target());
      case InFlightPerReplica -> perPod("berth_server_in_flight", metric.target());
      case Custom -> Json.as(metric.custom(), MetricSpec.class);
    };
  }

  private static MetricSpec utilization(String resource, double percent) {
    return new MetricSpecBuilder()
        .withType("Resource")
        .withNewResource()
        .withName(resource)
        .withNewTarget()
        .withType("Utilization")
        .withAverageUtilization(Math.toIntExact(Math.round(percent)))
        .endTarget()
        .endResource()
        .build();
  }

  private static MetricSpec perPod(String name, double average) {
    String amount = new BigDecimal(String.valueOf(average)).stripTrailingZeros().toPlainString();
    return new MetricSpecBuilder()
        .withType("Pods")
        .withNewPods()
        .withNewMetric()
        .withName(name)
        .endMetric()
        .withNewTarget()
        .withType("AverageValue")
        .withAverageValue(new Quantity(amount))
        .endTarget()
        .endPods()
        .build();
  }

  /** A cooldown that is not given stays Kubernetes' own: none up, five minutes down. */
  private static HorizontalPodAutoscalerBehavior behavior(Autoscaling autoscaling) {
    HorizontalPodAutoscalerBehaviorBuilder behavior = new HorizontalPodAutoscalerBehaviorBuilder();
    if (autoscaling.scaleOutCooldownSeconds() != null) {
      behavior
          .withNewScaleUp()
          .withStabilizationWindowSeconds(autoscaling.scaleOutCooldownSeconds())
          .endScaleUp();
    }
    if (autoscaling.scaleInCooldownSeconds() != null) {
      behavior
          .withNewScaleDown()
          .withStabilizationWindowSeconds(autoscaling.scaleInCooldownSeconds())
          .endScaleDown();
    }
    return behavior.hasScaleUp() || behavior.hasScaleDown() ? behavior.build() : null;
  }
}

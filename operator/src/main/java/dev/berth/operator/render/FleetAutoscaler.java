package dev.berth.operator.render;

import dev.berth.api.ProductionVariant.Autoscaling;
import dev.berth.api.ProductionVariant.Metric;
import dev.berth.planner.Fleet;
import dev.berth.planner.defaults.VariantDefaults;
import dev.berth.serving.metrics.ServerGauges;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehaviorBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The autoscaler of a fleet whose variant asks for one. */
public final class FleetAutoscaler {

  private static final double DEFAULT_CPU_PERCENT = 80;
  private static final Integer DEFAULT_SCALE_OUT_SECONDS = 60;
  private static final Integer DEFAULT_SCALE_IN_SECONDS = 300;

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
            .withMinReplicas(VariantDefaults.minReplicas(autoscaling))
            .withMaxReplicas(VariantDefaults.maxReplicas(autoscaling))
            .withMetrics(metrics(autoscaling))
            .withBehavior(behavior(autoscaling))
            .endSpec()
            .build());
  }

  private static List<MetricSpec> metrics(Autoscaling autoscaling) {
    List<Metric> metrics = autoscaling.metrics();
    return metrics == null
        ? List.of(utilization("cpu", DEFAULT_CPU_PERCENT))
        : metrics.stream().map(FleetAutoscaler::metric).toList();
  }

  private static MetricSpec metric(Metric metric) {
    return switch (metric.type()) {
      case CPU -> utilization("cpu", metric.target());
      case Memory -> utilization("memory", metric.target());
      case InvocationsPerReplica -> gauge(ServerGauges.INVOCATIONS_PER_MINUTE, metric.target());
      case InFlightPerReplica -> gauge(ServerGauges.IN_FLIGHT, metric.target());
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

  /** A gauge that each pod has, as the cluster's metrics adapter passes it on. */
  private static MetricSpec gauge(String name, double averageOverPods) {
    return new MetricSpecBuilder()
        .withType("Pods")
        .withNewPods()
        .withNewMetric()
        .withName(name)
        .endMetric()
        .withNewTarget()
        .withType("AverageValue")
        .withAverageValue(quantity(averageOverPods))
        .endTarget()
        .endPods()
        .build();
  }

  /** To the thousandth, as fine as quantities of metrics are; 2500m as the API server writes it. */
  private static Quantity quantity(double value) {
    long thousandths = Math.round(value * 1000);
    return thousandths % 1000 == 0
        ? new Quantity(Long.toString(thousandths / 1000))
        : new Quantity(Long.toString(thousandths), "m");
  }

  private static HorizontalPodAutoscalerBehavior behavior(Autoscaling autoscaling) {
    return new HorizontalPodAutoscalerBehaviorBuilder()
        .withNewScaleUp()
        .withStabilizationWindowSeconds(
            Objects.requireNonNullElse(
                autoscaling.scaleOutCooldownSeconds(), DEFAULT_SCALE_OUT_SECONDS))
        .endScaleUp()
        .withNewScaleDown()
        .withStabilizationWindowSeconds(
            Objects.requireNonNullElse(
                autoscaling.scaleInCooldownSeconds(), DEFAULT_SCALE_IN_SECONDS))
        .endScaleDown()
        .build();
  }
}

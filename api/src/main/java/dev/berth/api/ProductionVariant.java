package dev.berth.api;

import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** One share of an Endpoint's traffic: a Model, its size and its pods' shape. */
public record ProductionVariant(
    String name,
    String modelName,
    Double weight,
    Integer replicas,
    Resources resources,
    Autoscaling autoscaling,
    Routing routing,
    Integer startupTimeoutSeconds,
    Scheduling scheduling) {

  /** Kubernetes resource requests and limits of the server's container. */
  public record Resources(Map<String, Quantity> requests, Map<String, Quantity> limits) {}

  /** When to run more or fewer replicas. */
  public record Autoscaling(
      Integer minReplicas,
      Integer maxReplicas,
      List<Metric> metrics,
      Integer scaleOutCooldownSeconds,
      Integer scaleInCooldownSeconds) {}

  /**
   * What to hold near {@code target}: CPU and Memory in percent of the request, the others a
   * replica.
   */
  public record Metric(
      MetricType type, Double target, @PreserveUnknownFields Map<String, Object> custom) {}

  /** What is measured. */
  public enum MetricType {
    InvocationsPerReplica,
    InFlightPerReplica,
    CPU,
    Memory,
    Custom
  }

  /** How a pod is chosen. */
  public enum Routing {
    LeastOutstanding,
    Random
  }

  /** Where pods may run, in Kubernetes' own shapes. */
  public record Scheduling(
      Map<String, String> nodeSelector,
      @PreserveUnknownFields List<Map<String, Object>> tolerations,
      @PreserveUnknownFields Map<String, Object> affinity,
      @PreserveUnknownFields List<Map<String, Object>> topologySpreadConstraints,
      String priorityClassName) {}
}

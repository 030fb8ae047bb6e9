package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** One share of an Endpoint's traffic: a Model, its size and its pods' shape. */
@ValidationRule(
    value =
        "!has(self.autoscaling) || !has(self.replicas) ||"
            + " (self.replicas <= self.autoscaling.maxReplicas &&"
            + " (!has(self.autoscaling.minReplicas) || self.replicas >="
            + " self.autoscaling.minReplicas))",
    message =
        "replicas is the size to begin with: choose it between autoscaling.minReplicas and"
            + " autoscaling.maxReplicas, or remove it")
public record ProductionVariant(
    @JsonPropertyDescription(
            "Name of the variant, unique in the EndpointConfig: a DNS label, for example stable.")
        @Required
        @Size(min = 1, max = Names.MAX)
        @ValidationRule(value = Names.LABEL, message = Names.LABEL_MESSAGE)
        String name,
    @JsonPropertyDescription("The Model that it runs, of this namespace.")
        @Required
        @Size(min = 1, max = Names.MAX)
        @ValidationRule(value = Names.SUBDOMAIN, message = Names.SUBDOMAIN_MESSAGE)
        String modelName,
    @JsonPropertyDescription(
            "Its share of the traffic is weight divided by the sum of all weights; 0 runs it with"
                + " no traffic but what names it. An Endpoint can override it. Default: 1.")
        @Min(0)
        @Max(1_000_000)
        Double weight,
    @JsonPropertyDescription(
            "How many pods it begins with. With autoscaling the autoscaler goes on from there."
                + " Default: 1, or autoscaling.minReplicas.")
        @Min(1)
        @Max(1000)
        Integer replicas,
    @JsonPropertyDescription(
            "CPU and memory of each pod's server, for example requests {cpu: 500m, memory:"
                + " 512Mi}.")
        Resources resources,
    @JsonPropertyDescription(
            "Runs more pods under load and fewer without. Default: a fixed number.")
        Autoscaling autoscaling,
    @JsonPropertyDescription(
            "How a pod is chosen for a request: LeastOutstanding (the less busy of two random"
                + " ones) or Random. Default: LeastOutstanding.")
        Routing routing,
    @JsonPropertyDescription(
            "How long new pods may take until they are ready, in seconds, download of the model"
                + " included; an update that takes longer is given up. Default: 600.")
        @Min(10)
        @Max(3600)
        Integer startupTimeoutSeconds,
    @JsonPropertyDescription("Where its pods may run. Default: anywhere, spread over zones.")
        Scheduling scheduling) {

  /** Kubernetes resource requests and limits of the server's container. */
  public record Resources(
      @JsonPropertyDescription("What each pod is sure to get, by resource: cpu, memory.")
          @Size(max = 20)
          Map<String, Quantity> requests,
      @JsonPropertyDescription("What each pod may use at most, by resource: cpu, memory.")
          @Size(max = 20)
          Map<String, Quantity> limits) {}

  /** When to run more or fewer replicas. */
  @ValidationRule(
      value = "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
      message = "minReplicas is at most maxReplicas: lower the one or raise the other")
  public record Autoscaling(
      @JsonPropertyDescription("Fewest pods. Default: 1.") @Min(1) @Max(1000) Integer minReplicas,
      @JsonPropertyDescription("Most pods.") @Required @Min(1) @Max(1000) Integer maxReplicas,
      @JsonPropertyDescription(
              "What to hold near a target; the one that asks for most pods wins. Default: CPU at"
                  + " 80 percent.")
          @Size(min = 1, max = 10)
          List<Metric> metrics,
      @JsonPropertyDescription(
              "How long a higher need must last until pods are added, in seconds. Default: 60.")
          @Min(0)
          @Max(3600)
          Integer scaleOutCooldownSeconds,
      @JsonPropertyDescription(
              "How long a lower need must last until pods are removed, in seconds. Default: 300.")
          @Min(0)
          @Max(3600)
          Integer scaleInCooldownSeconds) {}

  /** What to hold near {@code target}: CPU and Memory in percent of what a pod requests. */
  @ValidationRule(
      value = "self.type == 'Custom' || has(self.target)",
      message = "types CPU and Memory need target: percent of what a pod requests, for example 70")
  @ValidationRule(
      value = "self.type == 'Custom' || !has(self.custom)",
      message = "custom goes with type Custom: set the type, or remove it")
  @ValidationRule(
      value = "self.type != 'Custom' || has(self.custom)",
      message =
          "type Custom needs custom: a metric as autoscaling/v2 HorizontalPodAutoscaler has it")
  @ValidationRule(
      value = "self.type != 'Custom' || !has(self.target)",
      message = "a Custom metric has its target in custom: remove target")
  public record Metric(
      @JsonPropertyDescription("CPU, Memory, or Custom: whatever the cluster's metrics APIs serve.")
          @Required
          MetricType type,
      @JsonPropertyDescription(
              "For CPU and Memory: average over the pods in percent of what a pod requests."
                  + " Example: 70.")
          @Min(1)
          @Max(1000)
          Double target,
      @JsonPropertyDescription(
              "For Custom: an entry of spec.metrics of an autoscaling/v2 HorizontalPodAutoscaler,"
                  + " passed on as it is. Example: {type: Pods, pods: {metric: {name:"
                  + " requests_per_second}, target: {type: AverageValue, averageValue: 100}}}.")
          @PreserveUnknownFields
          Map<String, Object> custom) {}

  /** What is measured. */
  public enum MetricType {
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
      @JsonPropertyDescription("Labels that a node must have.") Map<String, String> nodeSelector,
      @JsonPropertyDescription("Taints that the pods bear, as in a pod's spec.tolerations.")
          @PreserveUnknownFields
          @Size(max = 100)
          List<Map<String, Object>> tolerations,
      @JsonPropertyDescription("Rules of attraction, as in a pod's spec.affinity.")
          @PreserveUnknownFields
          Map<String, Object> affinity,
      @JsonPropertyDescription(
              "How pods are spread, as in a pod's spec.topologySpreadConstraints. Default: over"
                  + " zones, where there are several.")
          @PreserveUnknownFields
          @Size(max = 10)
          List<Map<String, Object>> topologySpreadConstraints,
      @JsonPropertyDescription("PriorityClass of the pods. Default: the cluster's.")
          @Size(min = 1, max = Names.MAX_FOREIGN)
          @ValidationRule(value = Names.SUBDOMAIN, message = Names.SUBDOMAIN_MESSAGE)
          String priorityClassName) {}
}

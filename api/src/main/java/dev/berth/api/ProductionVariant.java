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
// A percentage of nothing is never reached: the autoscaler would only say so in its own status.
@ValidationRule(
    value =
        "!has(self.autoscaling) || (has(self.autoscaling.metrics) &&"
            + " !self.autoscaling.metrics.exists(m, m.type == 'CPU')) || (has(self.resources) &&"
            + " ((has(self.resources.requests) && 'cpu' in self.resources.requests) ||"
            + " (has(self.resources.limits) && 'cpu' in self.resources.limits)))",
    message =
        "autoscaling on CPU (the default) is by percent of what a pod requests: set"
            + " resources.requests.cpu, for example 500m, or choose another metric")
@ValidationRule(
    value =
        "!has(self.autoscaling) || !has(self.autoscaling.metrics) ||"
            + " !self.autoscaling.metrics.exists(m, m.type == 'Memory') || (has(self.resources) &&"
            + " ((has(self.resources.requests) && 'memory' in self.resources.requests) ||"
            + " (has(self.resources.limits) && 'memory' in self.resources.limits)))",
    message =
        "autoscaling on Memory is by percent of what a pod requests: set"
            + " resources.requests.memory, for example 512Mi, or choose another metric")
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
                + " 512Mi}. Default: as the namespace's LimitRange says, or whatever is free.")
        Resources resources,
    @JsonPropertyDescription(
            "Runs more pods under load and fewer without. Default: a fixed number, see replicas.")
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
      @JsonPropertyDescription(
              "What each pod is sure to get, by resource: cpu, memory, or whatever the cluster's"
                  + " nodes offer. Default: the limit, where there is one.")
          @ValidationRule(value = Quantities.CPU, message = Quantities.CPU_MESSAGE)
          @ValidationRule(value = Quantities.MEMORY, message = Quantities.MEMORY_MESSAGE)
          @ValidationRule(value = Quantities.DISK, message = Quantities.DISK_MESSAGE)
          Map<String, Quantity> requests,
      @JsonPropertyDescription(
              "What each pod may use at most, by resource. Default: no limit but the node's.")
          @ValidationRule(value = Quantities.CPU, message = Quantities.CPU_MESSAGE)
          @ValidationRule(value = Quantities.MEMORY, message = Quantities.MEMORY_MESSAGE)
          @ValidationRule(value = Quantities.DISK, message = Quantities.DISK_MESSAGE)
          Map<String, Quantity> limits) {}

  /** When to run more or fewer replicas. */
  @ValidationRule(
      value = "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
      message = "minReplicas is at most maxReplicas: lower the one or raise the other")
  public record Autoscaling(
      @JsonPropertyDescription("Fewest pods. 1 to 1000. Default: 1.") @Min(1) @Max(1000)
          Integer minReplicas,
      @JsonPropertyDescription("Most pods. 1 to 1000.") @Required @Min(1) @Max(1000)
          Integer maxReplicas,
      @JsonPropertyDescription(
              "What to hold near a target; the one that asks for most pods wins. Default: CPU at"
                  + " 80 percent of resources.requests.cpu, which must then be set.")
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

  /**
   * What to hold near {@code target}: CPU and Memory in percent of what a pod requests, the others
   * as a mean over the pods.
   */
  @ValidationRule(
      value = "self.type == 'Custom' || has(self.target)",
      message =
          "every type but Custom needs target: percent of what a pod requests for CPU and Memory,"
              + " for example 70; a number for each pod for InvocationsPerReplica (a minute) and"
              + " InFlightPerReplica")
  @ValidationRule(
      value = "!(self.type in ['CPU', 'Memory']) || !has(self.target) || self.target <= 1000.0",
      message = "the target of CPU and Memory is in percent, at most 1000: lower it")
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
      @JsonPropertyDescription(
              "CPU, Memory, InvocationsPerReplica (invocations a minute), InFlightPerReplica"
                  + " (invocations that wait or are being answered), or Custom: whatever the"
                  + " cluster's metrics APIs serve. CPU needs resources.requests.cpu, Memory"
                  + " resources.requests.memory, and both a metrics server. InvocationsPerReplica and"
                  + " InFlightPerReplica need a metrics adapter for custom.metrics.k8s.io, for"
                  + " example prometheus-adapter, that passes on the gauges"
                  + " berth_server_invocations_per_minute and berth_server_in_flight of the pods.")
          @Required
          MetricType type,
      @JsonPropertyDescription(
              "For all types but Custom. CPU and Memory: average over the pods in percent of what a"
                  + " pod requests, for example 70. InvocationsPerReplica and InFlightPerReplica:"
                  + " average over the pods, for example 1000 or 4.")
          @Min(1)
          @Max(100_000_000)
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
    InvocationsPerReplica,
    InFlightPerReplica,
    Custom
  }

  /** How a pod is chosen. */
  public enum Routing {
    LeastOutstanding,
    Random
  }

  /** Where pods may run, in Kubernetes' own shapes. */
  public record Scheduling(
      @JsonPropertyDescription("Labels that a node must have. Default: none.")
          Map<String, String> nodeSelector,
      @JsonPropertyDescription(
              "Taints that the pods bear, as in a pod's spec.tolerations. Default: none.")
          @PreserveUnknownFields
          @Size(max = 100)
          List<Map<String, Object>> tolerations,
      @JsonPropertyDescription("Rules of attraction, as in a pod's spec.affinity. Default: none.")
          @PreserveUnknownFields
          Map<String, Object> affinity,
      @JsonPropertyDescription(
              "How pods are spread, as in a pod's spec.topologySpreadConstraints. Default: over"
                  + " zones and nodes, as far as there are several.")
          @PreserveUnknownFields
          @Size(max = 10)
          List<Map<String, Object>> topologySpreadConstraints,
      @JsonPropertyDescription("PriorityClass of the pods. Default: the cluster's.")
          @Size(min = 1, max = Names.MAX_FOREIGN)
          @ValidationRule(value = Names.SUBDOMAIN, message = Names.SUBDOMAIN_MESSAGE)
          String priorityClassName) {}
}

package dev.berth.operator.render;

import dev.berth.api.Endpoint;
import dev.berth.api.ModelSpec;
import dev.berth.api.ModelSpec.Artifact;
import dev.berth.api.ProductionVariant;
import dev.berth.api.ProductionVariant.Autoscaling;
import dev.berth.api.ProductionVariant.Metric;
import dev.berth.api.ProductionVariant.MetricType;
import dev.berth.api.ProductionVariant.Resources;
import dev.berth.api.ProductionVariant.Scheduling;
import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fleets to render. */
final class Samples {

  private Samples() {}

  static Endpoint endpoint() {
    Endpoint endpoint = new Endpoint();
    endpoint.setMetadata(
        new ObjectMetaBuilder()
            .withName("housing")
            .withNamespace("default")
            .withUid("6d7f1f3e-0000-0000-0000-000000000001")
            .build());
    return endpoint;
  }

  /** As few words as a manifest can have. */
  static Fleet plain() {
    return fleet(model(new Artifact("configmap://boston/v1.tar.gz", null, null, null)), variant());
  }

  /** Every field that a fleet has a use for. */
  static Fleet full() {
    ModelSpec model =
        new ModelSpec(
            new Artifact("s3://models/boston.ubj", "ab12", "s3-credentials", "XGBoost"),
            null,
            List.of(new ModelSpec.Feature("crim", ModelSpec.FeatureType.Numeric, null, true)),
            new ModelSpec.Output(null, null, ModelSpec.Select.Prediction),
            List.of(new ModelSpec.GoldenRecord("text/csv", "0.006,18.0", "24.9", 0.001)),
            List.of(
                new ModelSpec.EnvVar("LEVEL", "debug", null),
                new ModelSpec.EnvVar(
                    "TOKEN",
                    null,
                    new ModelSpec.ValueFrom(new ModelSpec.KeyRef("s", "token", null), null))),
            "models");
    ProductionVariant variant =
        new ProductionVariant(
            "stable",
            "boston-v1",
            0.9,
            3,
            new Resources(
                new TreeMap<>(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("512Mi"))),
                Map.of("memory", new Quantity("512Mi"))),
            null,
            ProductionVariant.Routing.Random,
            120,
            new Scheduling(
                Map.of("pool", "models"),
                List.of(Map.of("key", "models", "operator", "Exists", "effect", "NoSchedule")),
                affinity(),
                List.of(
                    Map.of(
                        "maxSkew", 2,
                        "topologyKey", "rack",
                        "whenUnsatisfiable", "DoNotSchedule")),
                "important"));
    return fleet(model, variant);
  }

  private static Map<String, Object> affinity() {
    Map<String, Object> fast = Map.of("key", "disk", "operator", "In", "values", List.of("fast"));
    return Map.of(
        "nodeAffinity",
        Map.of(
            "requiredDuringSchedulingIgnoredDuringExecution",
            Map.of("nodeSelectorTerms", List.of(Map.of("matchExpressions", List.of(fast))))));
  }

  /** Berth's own server with its model in a volume. */
  static Fleet mounted() {
    return fleet(model(new Artifact("pvc://models/boston/v1.ubj", null, null, null)), variant());
  }

  static Fleet autoscaled(Autoscaling autoscaling) {
    return fleet(
        plain().model(),
        new ProductionVariant("stable", "boston-v1", null, 2, null, autoscaling, null, null, null));
  }

  static Autoscaling cpu() {
    return new Autoscaling(
        2,
        8,
        List.of(
            new Metric(MetricType.CPU, 70.0, null),
            new Metric(
                MetricType.Custom,
                null,
                Map.of(
                    "type",
                    "Pods",
                    "pods",
                    Map.of(
                        "metric", Map.of("name", "requests_per_second"),
                        "target", Map.of("type", "AverageValue", "averageValue", "100"))))),
        0,
        120);
  }

  static Autoscaling load() {
    return new Autoscaling(
        null,
        8,
        List.of(
            new Metric(MetricType.InvocationsPerReplica, 6000.0, null),
            new Metric(MetricType.InFlightPerReplica, 2.5, null),
            new Metric(MetricType.Memory, 75.0, null)),
        null,
        null);
  }

  static Fleet ownImage(Artifact artifact) {
    return fleet(
        new ModelSpec(artifact, "registry/own:1", null, null, null, null, null), variant());
  }

  static ProductionVariant variant() {
    return new ProductionVariant("stable", "boston-v1", null, null, null, null, null, null, null);
  }

  static ModelSpec model(Artifact artifact) {
    return new ModelSpec(artifact, null, null, null, null, null, null);
  }

  static Fleet fleet(ModelSpec model, ProductionVariant variant) {
    return new Fleet(
        "housing-stable-1a2b3c4d",
        "default",
        "housing",
        "1a2b3c4d",
        "boston-v1",
        model,
        variant,
        "berth/model-server:1",
        variant.replicas() == null ? 1 : variant.replicas());
  }
}

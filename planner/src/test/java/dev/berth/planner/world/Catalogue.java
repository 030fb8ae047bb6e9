package dev.berth.planner.world;

import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigSpec;
import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import dev.berth.api.ProductionVariant;
import dev.berth.api.ProductionVariant.Autoscaling;
import dev.berth.api.ProductionVariant.Metric;
import dev.berth.api.ProductionVariant.MetricType;
import dev.berth.api.ProductionVariant.Routing;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;

/** EndpointConfigs and Models that stories speak of by name. */
public final class Catalogue {
  public static final String NAMESPACE = "homes";

  private static final Map<String, List<ProductionVariant>> CONFIGS =
      Map.ofEntries(
          Map.entry("v1", List.of(fixed("stable", "m1", 1.0, 1))),
          Map.entry("v2", List.of(fixed("stable", "m2", 1.0, 1))),
          Map.entry("v3", List.of(fixed("stable", "m3", 1.0, 1))),
          Map.entry("v1-again", List.of(fixed("stable", "m1", 1.0, 1))),
          Map.entry("three", List.of(fixed("stable", "m2", 1.0, 3))),
          Map.entry("split", List.of(fixed("stable", "m1", 9.0, 1), fixed("canary", "m2", 1.0, 1))),
          Map.entry("dark", List.of(fixed("stable", "m1", 1.0, 1), fixed("dark", "m2", 0.0, 1))),
          Map.entry("auto1", List.of(scaled("stable", "m1", 2, 10))),
          Map.entry("auto2", List.of(scaled("stable", "m2", 2, 6))),
          Map.entry("random", List.of(random("stable", "m2"))),
          Map.entry("bare", List.of(bare("stable", "m1"))));

  private Catalogue() {}

  public static EndpointConfig config(String name) {
    EndpointConfig config = new EndpointConfig();
    config.setMetadata(meta(name));
    config.setSpec(new EndpointConfigSpec(CONFIGS.get(name)));
    return config;
  }

  public static Model model(String name) {
    return model(name, "s3://models/" + name + ".ubj");
  }

  public static Model model(String name, String uri) {
    Model model = new Model();
    model.setMetadata(meta(name));
    model.setSpec(
        new ModelSpec(
            new ModelSpec.Artifact(uri, null, null, null), null, null, null, null, null, null));
    return model;
  }

  public static List<String> configNames() {
    return CONFIGS.keySet().stream().sorted().toList();
  }

  static ObjectMeta meta(String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(NAMESPACE)
        .withGeneration(1L)
        .withUid("uid-" + name)
        .build();
  }

  private static ProductionVariant fixed(String name, String model, double weight, int replicas) {
    return new ProductionVariant(name, model, weight, replicas, null, null, null, 120, null);
  }

  private static ProductionVariant random(String name, String model) {
    return new ProductionVariant(name, model, null, null, null, null, Routing.Random, 120, null);
  }

  private static ProductionVariant bare(String name, String model) {
    return new ProductionVariant(name, model, null, null, null, null, null, null, null);
  }

  private static ProductionVariant scaled(String name, String model, int min, int max) {
    Autoscaling autoscaling =
        new Autoscaling(min, max, List.of(new Metric(MetricType.CPU, 70.0, null)), null, null);
    return new ProductionVariant(name, model, 1.0, null, null, autoscaling, null, 120, null);
  }
}

package dev.berth.operator.render;

import dev.berth.api.ModelSpec;
import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;

/**
 * The file that tells a fleet's servers what to load. Immutable: a fleet is one revision, and what
 * a later release would write here must not reach servers of an older image.
 */
public final class FleetConfigMap {

  static final String KEY = "model.json";
  static final String CREDENTIALS = "/etc/berth/credentials";

  private FleetConfigMap() {}

  public static ConfigMap of(Fleet fleet, OwnerReference owner) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(fleet.name())
        .withNamespace(fleet.namespace())
        .withLabels(Labels.ofFleet(fleet))
        .withOwnerReferences(owner)
        .endMetadata()
        .withImmutable(true)
        .withData(Map.of(KEY, Json.pretty(new ServerConfig(List.of(entry(fleet))))))
        .build();
  }

  private static ServedModel entry(Fleet fleet) {
    ModelSpec model = fleet.model();
    ModelSpec.Artifact artifact = model.artifact();
    return new ServedModel(
        fleet.modelName(),
        new ServedArtifact(
            ArtifactMount.of(artifact).uri(),
            artifact.sha256(),
            artifact.format(),
            artifact.secretName() == null ? null : CREDENTIALS),
        model.features(),
        model.output(),
        model.goldenRecords());
  }

  private record ServerConfig(List<ServedModel> models) {}

  private record ServedModel(
      String name,
      ServedArtifact artifact,
      List<ModelSpec.Feature> features,
      ModelSpec.Output output,
      List<ModelSpec.GoldenRecord> goldenRecords) {}

  private record ServedArtifact(String uri, String sha256, String format, String credentials) {}
}

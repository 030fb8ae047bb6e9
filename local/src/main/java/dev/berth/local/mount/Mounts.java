package dev.berth.local.mount;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.ModelSpec;
import dev.berth.api.ModelSpec.Artifact;
import dev.berth.local.manifest.Manifests;
import dev.berth.local.process.ServerSetup;
import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet.ServerFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Sets servers up from the folder as it stands at that moment. */
public final class Mounts implements ServerSetup.Source {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private final ArtifactFiles artifacts;
  private final Supplier<Manifests> manifests;

  /**
   * @param base the manifests' folder
   * @param files folder for what comes out of ConfigMaps and Secrets
   * @param manifests the folder's content as last taken
   */
  public Mounts(Path base, Path files, Supplier<Manifests> manifests) {
    this.artifacts = new ArtifactFiles(base.toAbsolutePath(), files.toAbsolutePath());
    this.manifests = manifests;
  }

  @Override
  public ServerSetup of(Fleet fleet) {
    try {
      return complete(fleet);
    } catch (MissingException e) {
      return new ServerSetup.Incomplete(e.failure());
    } catch (IOException e) {
      return new ServerSetup.Incomplete(
          new ServerFailure("ArtifactUnavailable", "files of the folder: " + e, false));
    }
  }

  private ServerSetup complete(Fleet fleet) throws MissingException, IOException {
    ModelSpec spec = fleet.model();
    if (spec.image() != null) {
      throw new MissingException(
          "ImageNotSupported",
          "Model "
              + fleet.modelName()
              + " brings its own image, which needs a cluster: without one there is nothing to run"
              + " containers with",
          true);
    }
    Manifests now = manifests.get();
    ObjectNode model = JSON.createObjectNode();
    model.put("name", fleet.modelName());
    model.set("artifact", artifact(spec.artifact(), now, fleet.namespace()));
    model.set("features", JSON.valueToTree(spec.features()));
    model.set("output", JSON.valueToTree(spec.output()));
    model.set("goldenRecords", JSON.valueToTree(spec.goldenRecords()));
    model.properties().removeIf(field -> field.getValue().isNull());
    ObjectNode config = JSON.createObjectNode();
    config.putArray("models").add(model);
    return new ServerSetup.Complete(config, Environment.of(spec.env(), now, fleet.namespace()));
  }

  private ObjectNode artifact(Artifact artifact, Manifests now, String namespace)
      throws MissingException, IOException {
    ObjectNode json = JSON.valueToTree(artifact);
    json.remove("secretName");
    json.put("uri", artifacts.uri(artifact.uri(), now, namespace));
    if (artifact.secretName() != null) {
      json.put(
          "credentials", artifacts.credentials(artifact.secretName(), now, namespace).toString());
    }
    return json;
  }
}

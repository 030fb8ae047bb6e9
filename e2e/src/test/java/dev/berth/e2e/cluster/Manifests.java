package dev.berth.e2e.cluster;

import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import dev.berth.api.ModelSpec.Artifact;
import dev.berth.api.ModelSpec.GoldenRecord;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.function.UnaryOperator;

/** Resources that the examples do not have, made from those that they have. */
final class Manifests {
  static final String V1 = "boston-v1";
  static final String V2 = "boston-v2";

  private Manifests() {}

  static String endpoint(String name, String config) {
    return """
        apiVersion: berth.dev/v1alpha1
        kind: Endpoint
        metadata: {name: %s}
        spec: {endpointConfigName: %s}
        """
        .formatted(name, config);
  }

  /** One variant whose server gets that long to become ready. */
  static String config(String name, String model, int startupTimeoutSeconds) {
    return """
        apiVersion: berth.dev/v1alpha1
        kind: EndpointConfig
        metadata: {name: %s}
        spec:
          productionVariants:
            - {name: stable, modelName: %s, startupTimeoutSeconds: %d}
        """
        .formatted(name, model, startupTimeoutSeconds);
  }

  static String twoVariants(String name, int stable, int challenger) {
    return """
        apiVersion: berth.dev/v1alpha1
        kind: EndpointConfig
        metadata: {name: %s}
        spec:
          productionVariants:
            - {name: stable, modelName: %s, weight: %d}
            - {name: challenger, modelName: %s, weight: %d}
        """
        .formatted(name, V1, stable, V2, challenger);
  }

  /** One to three replicas by CPU, on a tenth of a core each. */
  static String scaled(String name) {
    return """
        apiVersion: berth.dev/v1alpha1
        kind: EndpointConfig
        metadata: {name: %s}
        spec:
          productionVariants:
            - name: stable
              modelName: %s
              resources: {requests: {cpu: 100m, memory: 256Mi}}
              autoscaling:
                minReplicas: 1
                maxReplicas: 3
                metrics: [{type: CPU, target: 50}]
                scaleOutCooldownSeconds: 0
        """
        .formatted(name, V1);
  }

  /** A Model like v2 of the example, less what {@code damage} does to it. */
  static void damagedModel(Story story, String name, UnaryOperator<ModelSpec> damage) {
    ModelSpec good =
        story
            .client()
            .resources(Model.class)
            .inNamespace(story.namespace())
            .withName(V2)
            .get()
            .getSpec();
    Model model = new Model();
    model.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(story.namespace()).build());
    model.setSpec(damage.apply(good));
    story.client().resource(model).create();
  }

  static ModelSpec withArtifact(ModelSpec good, String uri, String sha256) {
    Artifact artifact =
        new Artifact(uri, sha256, good.artifact().secretName(), good.artifact().format());
    return new ModelSpec(
        artifact,
        good.image(),
        good.features(),
        good.output(),
        good.goldenRecords(),
        good.env(),
        good.serviceAccountName());
  }

  static ModelSpec withGoldenAnswer(ModelSpec good, String expect) {
    GoldenRecord record = new GoldenRecord("text/csv", Story.HOUSE, expect, 0.001);
    return new ModelSpec(
        good.artifact(),
        good.image(),
        good.features(),
        good.output(),
        List.of(record),
        good.env(),
        good.serviceAccountName());
  }

  static ModelSpec withImage(ModelSpec good, String image) {
    return new ModelSpec(null, image, null, null, null, good.env(), good.serviceAccountName());
  }
}

package dev.berth.e2e.validation;

import dev.berth.e2e.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A namespace to send manifests to, as strictly as kubectl does. */
final class ValidationNamespace implements AutoCloseable {
  /** Helm's own field manager, so that an install of the chart meets no conflict afterwards. */
  private static final String MANAGER = "helm";

  private final KubernetesClient client;
  private final Namespace namespace;

  private ValidationNamespace(KubernetesClient client, Namespace namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  static ValidationNamespace open() throws IOException {
    KubernetesClient client = new KubernetesClientBuilder().build();
    try (Stream<Path> crds = Files.list(Checkout.root().resolve("crds"))) {
      crds.sorted().forEach(crd -> install(client, crd));
    }
    Namespace namespace =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("berth-validation-")
                    .endMetadata()
                    .build())
            .create();
    return new ValidationNamespace(client, namespace);
  }

  private static void install(KubernetesClient client, Path file) {
    try {
      CustomResourceDefinition crd =
          client
              .getKubernetesSerialization()
              .unmarshal(Files.readString(file), CustomResourceDefinition.class);
      client.resource(crd).fieldManager(MANAGER).forceConflicts().serverSideApply();
      client
          .resource(crd)
          .waitUntilCondition(ValidationNamespace::isEstablished, 1, TimeUnit.MINUTES);
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  GenericKubernetesResource read(String document) {
    GenericKubernetesResource resource =
        client.getKubernetesSerialization().unmarshal(document, GenericKubernetesResource.class);
    resource.getMetadata().setNamespace(namespace.getMetadata().getName());
    return resource;
  }

  /** Asks whether it could be created. */
  void tryCreate(GenericKubernetesResource resource) {
    client.resource(resource).dryRun().fieldValidation(Validation.STRICT).create();
  }

  /** Asks whether it could replace what is there. */
  void tryUpdate(GenericKubernetesResource resource) {
    client.resource(resource).dryRun().fieldValidation(Validation.STRICT).update();
  }

  GenericKubernetesResource create(GenericKubernetesResource resource) {
    return client.resource(resource).fieldValidation(Validation.STRICT).create();
  }

  void delete(GenericKubernetesResource resource) {
    client.resource(resource).delete();
  }

  @Override
  public void close() {
    client.resource(namespace).delete();
    client.close();
  }
}

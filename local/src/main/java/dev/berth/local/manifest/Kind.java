package dev.berth.local.manifest;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.local.manifest.schema.ResourceSchema;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/** A kind of resource that means something to the local shell. */
record Kind(Class<? extends HasMetadata> type, ResourceSchema schema) {

  /** By apiVersion and kind. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          "berth.dev/v1alpha1 Model", new Kind(Model.class, ResourceSchema.ofCrd("models")),
          "berth.dev/v1alpha1 EndpointConfig",
              new Kind(EndpointConfig.class, ResourceSchema.ofCrd("endpointconfigs")),
          "berth.dev/v1alpha1 Endpoint",
              new Kind(Endpoint.class, ResourceSchema.ofCrd("endpoints")),
          "v1 ConfigMap", new Kind(ConfigMap.class, ResourceSchema.ofConfigMap()),
          "v1 Secret", new Kind(Secret.class, ResourceSchema.ofSecret()));

  static Optional<Kind> of(String apiVersion, String kind) {
    return Optional.ofNullable(KINDS.get(apiVersion + " " + kind));
  }
}

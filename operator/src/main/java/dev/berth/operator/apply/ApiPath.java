package dev.berth.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Where an object is on the API server. */
final class ApiPath {

  private ApiPath() {}

  static String of(HasMetadata object) {
    String version = object.getApiVersion();
    return "%s/%s/namespaces/%s/%s/%s"
        .formatted(
            version.contains("/") ? "/apis" : "/api",
            version,
            object.getMetadata().getNamespace(),
            object.getPlural(),
            object.getMetadata().getName());
  }
}

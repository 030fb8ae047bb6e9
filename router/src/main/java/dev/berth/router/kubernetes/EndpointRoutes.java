package dev.berth.router.kubernetes;

import dev.berth.serving.route.InvalidRouteTableException;
import dev.berth.serving.route.Route;
import dev.berth.serving.route.RouteTableJson;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The resource that routers obey, read by its fields: the router does without its Java types. */
final class EndpointRoutes {
  static final String API_VERSION = "berth.dev/v1alpha1";
  static final String KIND = "EndpointRoute";

  static final ResourceDefinitionContext RESOURCE =
      new ResourceDefinitionContext.Builder()
          .withGroup("berth.dev")
          .withVersion("v1alpha1")
          .withKind(KIND)
          .withPlural("endpointroutes")
          .withNamespaced(true)
          .build();

  /**
   * The route that a resource wants; where its servers are is not in it.
   *
   * @throws InvalidRouteTableException when it cannot be obeyed
   */
  static Route wanted(GenericKubernetesResource resource) {
    Map<String, Object> fields = new HashMap<>();
    if (resource.get("spec") instanceof Map<?, ?> spec) {
      fields.put("fleets", spec.get("fleets"));
      fields.put("limits", spec.get("limits"));
    }
    fields.put("endpoint", resource.getMetadata().getName());
    fields.put("namespace", resource.getMetadata().getNamespace());
    fields.put("generation", resource.getMetadata().getGeneration());
    return RouteTableJson.route(fields);
  }

  /** The generation that this router has acknowledged, as far as the resource knows. */
  static OptionalLong acknowledged(GenericKubernetesResource resource, String router) {
    return resource.get("status", "routers", router, "generation") instanceof Number generation
        ? OptionalLong.of(generation.longValue())
        : OptionalLong.empty();
  }

  private EndpointRoutes() {}
}

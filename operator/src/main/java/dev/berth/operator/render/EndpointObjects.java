package dev.berth.operator.render;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;

/**
 * An Endpoint's own two objects: the Service that clients call, and the route that routers obey.
 */
public final class EndpointObjects {

  private EndpointObjects() {}

  /** The routers, under the Endpoint's name: the name is how they know which Endpoint is meant. */
  public static Service service(Endpoint endpoint) {
    String name = endpoint.getMetadata().getName();
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(endpoint.getMetadata().getNamespace())
        .withLabels(Labels.ofEndpoint(name, Labels.ENTRY))
        .withOwnerReferences(Owners.controller(endpoint))
        .endMetadata()
        .withNewSpec()
        .withSelector(Labels.selectingRouters())
        .withPorts(
            new ServicePortBuilder()
                .withName("http")
                .withProtocol("TCP")
                .withPort(80)
                .withNewTargetPort("http")
                .build(),
            new ServicePortBuilder()
                .withName("grpc")
                .withProtocol("TCP")
                .withPort(8081)
                .withNewTargetPort("grpc")
                .withAppProtocol("kubernetes.io/h2c")
                .build())
        .endSpec()
        .build();
  }

  public static EndpointRoute route(Endpoint endpoint, EndpointRouteSpec spec) {
    String name = endpoint.getMetadata().getName();
    EndpointRoute route = new EndpointRoute();
    route.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(endpoint.getMetadata().getNamespace())
            .withLabels(Labels.ofEndpoint(name, Labels.ENTRY))
            .withOwnerReferences(Owners.controller(endpoint))
            .build());
    route.setSpec(spec);
    return route;
  }
}

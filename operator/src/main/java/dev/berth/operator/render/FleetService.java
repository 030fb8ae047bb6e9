package dev.berth.operator.render;

import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;

/** A fleet's Service: routers watch its EndpointSlices, and the selector never changes. */
public final class FleetService {

  private FleetService() {}

  public static Service of(Fleet fleet, OwnerReference owner) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(fleet.name())
        .withNamespace(fleet.namespace())
        .withLabels(Labels.ofFleet(fleet))
        .withOwnerReferences(owner)
        .endMetadata()
        .withNewSpec()
        .withSelector(Labels.selectingFleet(fleet))
        .withPorts(
            new ServicePortBuilder()
                .withName("http")
                .withProtocol("TCP")
                .withPort(8080)
                .withNewTargetPort("http")
                .build())
        .endSpec()
        .build();
  }
}

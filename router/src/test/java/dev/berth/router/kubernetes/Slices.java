package dev.berth.router.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;

/** EndpointSlices as a cluster makes them. */
final class Slices {
  static EndpointSlice slice(String service, Endpoint... endpoints) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(service + "-x1")
        .withNamespace("prod")
        .addToLabels(ServiceAddresses.SERVICE_LABEL, service)
        .endMetadata()
        .withAddressType("IPv4")
        .addNewPort()
        .withName("http")
        .withPort(8080)
        .endPort()
        .withEndpoints(List.of(endpoints))
        .build();
  }

  static Endpoint ready(String address) {
    return endpoint(address, true, true, false);
  }

  static Endpoint endpoint(String address, boolean ready, boolean serving, boolean terminating) {
    return new EndpointBuilder()
        .withAddresses(address)
        .withNewConditions()
        .withReady(ready)
        .withServing(serving)
        .withTerminating(terminating)
        .endConditions()
        .build();
  }

  private Slices() {}
}

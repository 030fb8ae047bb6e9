package dev.berth.router.kubernetes;

import static dev.berth.router.kubernetes.Slices.endpoint;
import static dev.berth.router.kubernetes.Slices.ready;
import static dev.berth.router.kubernetes.Slices.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceAddressesTest {
  private static List<String> of(String service, EndpointSlice... slices) {
    return new ServiceAddresses(List.of(slices))
        .of(service).stream().map(Object::toString).toList();
  }

  @Test
  void areThoseThatAreReadyInAnySliceOfTheService() {
    EndpointSlice first = slice("s", ready("10.0.0.2"), endpoint("10.0.0.3", false, false, false));
    EndpointSlice second = slice("s", ready("10.0.0.1"), ready("10.0.0.2"));
    EndpointSlice other = slice("t", ready("10.0.0.9"));
    assertThat(of("s", first, second, other)).containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
    assertThat(of("none", first)).isEmpty();
  }

  @Test
  void unknownMeansReady() {
    assertThat(of("s", slice("s", new EndpointBuilder().withAddresses("10.0.0.1").build())))
        .containsExactly("10.0.0.1:8080");
  }

  @Test
  void thoseBeingEndedServeWhenThereIsNobodyElse() {
    EndpointSlice slice =
        slice(
            "s",
            endpoint("10.0.0.1", false, true, true),
            endpoint("10.0.0.2", false, false, true),
            endpoint("10.0.0.3", false, true, false));
    assertThat(of("s", slice)).containsExactly("10.0.0.1:8080");
    assertThat(of("s", slice, slice("s", ready("10.0.0.4")))).containsExactly("10.0.0.4:8080");
  }

  @Test
  void areNoneWhereTheApiServerWritesNull() {
    String none =
        """
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
         "metadata": {"name": "s-x1", "labels": {"kubernetes.io/service-name": "s"}},
         "endpoints": null, "ports": null}
        """;
    EndpointSlice empty = new KubernetesSerialization().unmarshal(none, EndpointSlice.class);
    assertThat(of("s", empty)).isEmpty();
    assertThat(of("s", empty, slice("s", ready("10.0.0.1")))).containsExactly("10.0.0.1:8080");
  }

  @Test
  void thePortIsTheOneNamedHttpOrTheFirst() {
    EndpointSlice two =
        new EndpointSliceBuilder(slice("s", ready("10.0.0.1")))
            .addToPorts(0, new EndpointPortBuilder().withName("admin").withPort(9090).build())
            .build();
    assertThat(of("s", two)).containsExactly("10.0.0.1:8080");
    EndpointSlice unnamed =
        new EndpointSliceBuilder(slice("s", ready("fd00::1")))
            .withPorts(new EndpointPortBuilder().withPort(7070).build())
            .build();
    assertThat(of("s", unnamed)).containsExactly("[fd00::1]:7070");
  }
}

package dev.berth.router.kubernetes;

import dev.berth.serving.route.BackendAddress;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Where the servers of each Service are, by its EndpointSlices. */
final class ServiceAddresses {
  static final String SERVICE_LABEL = "kubernetes.io/service-name";

  /** A Service with several ports is asked on the one of this name. */
  private static final String PORT_NAME = "http";

  private final Map<String, List<EndpointSlice>> slices = new TreeMap<>();

  ServiceAddresses(Collection<EndpointSlice> all) {
    for (EndpointSlice slice : all) {
      String service = slice.getMetadata().getLabels().getOrDefault(SERVICE_LABEL, "");
      slices.computeIfAbsent(service, _ -> new ArrayList<>()).add(slice);
    }
  }

  /**
   * The ready servers of a Service, or, when it has none, those that still serve though they are
   * being ended: better an old server than none.
   */
  List<BackendAddress> of(String service) {
    List<EndpointSlice> own = slices.getOrDefault(service, List.of());
    List<BackendAddress> ready = addresses(own, ServiceAddresses::ready);
    return ready.isEmpty() ? addresses(own, ServiceAddresses::servingThoughTerminating) : ready;
  }

  private static List<BackendAddress> addresses(
      List<EndpointSlice> slices, Predicate<EndpointConditions> fit) {
    return slices.stream()
        .filter(slice -> !"FQDN".equals(slice.getAddressType()))
        .flatMap(
            slice ->
                all(slice.getEndpoints()).stream()
                    .filter(endpoint -> fit.test(conditions(endpoint)))
                    .flatMap(endpoint -> all(endpoint.getAddresses()).stream().limit(1))
                    .flatMap(
                        address ->
                            port(slice).stream().map(port -> new BackendAddress(address, port))))
        .distinct()
        .sorted(Comparator.comparing(BackendAddress::toString))
        .toList();
  }

  private static List<Integer> port(EndpointSlice slice) {
    List<EndpointPort> ports =
        all(slice.getPorts()).stream().filter(p -> p.getPort() != null).toList();
    List<Integer> named =
        ports.stream()
            .filter(port -> PORT_NAME.equals(port.getName()))
            .map(EndpointPort::getPort)
            .toList();
    return named.isEmpty()
        ? ports.stream().limit(1).map(EndpointPort::getPort).toList()
        : named.subList(0, 1);
  }

  /** The API server writes {@code "endpoints": null} for a Service that has none yet. */
  private static <T> List<T> all(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static EndpointConditions conditions(Endpoint endpoint) {
    return endpoint.getConditions() == null ? new EndpointConditions() : endpoint.getConditions();
  }

  /** Unknown means ready, says the API. */
  private static boolean ready(EndpointConditions conditions) {
    return !Boolean.FALSE.equals(conditions.getReady());
  }

  private static boolean servingThoughTerminating(EndpointConditions conditions) {
    return Boolean.TRUE.equals(conditions.getServing())
        && Boolean.TRUE.equals(conditions.getTerminating());
  }
}

package dev.berth.serving.route;

import java.util.List;

/**
 * One fleet's share of an endpoint's traffic: {@code weight / sum of weights}.
 *
 * @param variant what clients may ask for by name
 * @param revision of the EndpointConfig that the fleet runs
 * @param service the fleet's name
 * @param weight 0 or more; 0 takes only what asks for the variant by name
 * @param backends where its servers listen
 */
public record FleetRoute(
    String variant,
    String revision,
    String service,
    double weight,
    Routing routing,
    List<BackendAddress> backends) {

  /** How a request finds its server within the fleet. */
  public enum Routing {
    /** Of two servers drawn at random the one with fewer requests on it. */
    LeastOutstanding,
    Random
  }

  public FleetRoute {
    Check.named(variant, "variant");
    Check.named(revision, "revision");
    Check.named(service, "service");
    Check.that(
        Double.isFinite(weight) && weight >= 0,
        "weight of variant '" + variant + "': " + weight + " is not a number of 0 or more");
    routing = routing == null ? Routing.LeastOutstanding : routing;
    backends = backends == null ? List.of() : backends.stream().distinct().toList();
  }

  /** The same fleet at these addresses. */
  public FleetRoute at(List<BackendAddress> newBackends) {
    return new FleetRoute(variant, revision, service, weight, routing, newBackends);
  }
}

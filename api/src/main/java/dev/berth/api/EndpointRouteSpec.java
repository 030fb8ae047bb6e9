package dev.berth.api;

import java.util.List;

/**
 * What routers obey: an Endpoint's fleets and weights. Internal: written by the operator, one an
 * Endpoint, with the Endpoint's name.
 *
 * <p>A variant may stand here twice, with two revisions, while an update shifts traffic. {@code
 * service} is the fleet's Service, whose EndpointSlices give the addresses.
 */
public record EndpointRouteSpec(List<FleetRoute> fleets, RouteLimits limits) {

  /** One fleet's share: {@code weight / sum of weights}. */
  public record FleetRoute(
      String variant,
      String revision,
      String service,
      double weight,
      ProductionVariant.Routing routing) {}

  /** Bounds of one request: bytes, seconds, waiting requests a fleet. */
  public record RouteLimits(long maxBodyBytes, int timeoutSeconds, int maxQueue) {}
}

package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/**
 * What routers obey: an Endpoint's fleets and weights. Internal: written by the operator, one an
 * Endpoint, with the Endpoint's name.
 *
 * <p>A variant may stand here twice, with two revisions, while an update shifts traffic. {@code
 * service} is the fleet's Service, whose EndpointSlices give the addresses.
 */
public record EndpointRouteSpec(
    @JsonPropertyDescription("Who gets traffic.") @Required List<FleetRoute> fleets,
    @JsonPropertyDescription("Bounds of one request.") @Required RouteLimits limits) {

  /** One fleet's share: {@code weight / sum of weights}. */
  public record FleetRoute(
      @JsonPropertyDescription("Name of the variant.") @Required String variant,
      @JsonPropertyDescription("Revision of the fleet.") @Required String revision,
      @JsonPropertyDescription("The fleet's Service: its EndpointSlices give the addresses.")
          @Required
          String service,
      @JsonPropertyDescription("Its share is weight divided by the sum of all weights.")
          @Required
          @Min(0)
          double weight,
      @JsonPropertyDescription("How a pod is chosen: LeastOutstanding or Random.")
          ProductionVariant.Routing routing) {}

  /** Bounds: bytes and seconds of a request, waiting requests of the Endpoint at each router. */
  public record RouteLimits(
      @JsonPropertyDescription("Largest request in bytes.") @Required @Min(1) long maxBodyBytes,
      @JsonPropertyDescription("How long a request may take, in seconds.") @Required @Min(1)
          int timeoutSeconds,
      @JsonPropertyDescription(
              "How many requests of the Endpoint may wait at each router while no pod is ready.")
          @Required
          @Min(0)
          int maxQueue) {}
}

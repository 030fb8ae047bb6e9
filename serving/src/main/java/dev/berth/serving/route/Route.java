package dev.berth.serving.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How one endpoint's traffic is split.
 *
 * @param generation of the resource that this was made from; what a router acknowledges
 * @param fleets a variant may stand here twice, with two revisions, while an update shifts traffic
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Route(
    String endpoint,
    String namespace,
    long generation,
    List<FleetRoute> fleets,
    RouteLimits limits) {

  public Route {
    Check.named(endpoint, "endpoint");
    namespace = namespace == null ? "default" : namespace;
    Check.named(namespace, "namespace");
    fleets = fleets == null ? List.of() : List.copyOf(fleets);
    limits = limits == null ? RouteLimits.DEFAULT : limits;
  }
}

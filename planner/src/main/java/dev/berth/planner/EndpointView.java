package dev.berth.planner;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointRoute;
import dev.berth.api.Model;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a plan for one Endpoint may depend on.
 *
 * @param configs EndpointConfigs of the namespace that the Endpoint's spec or status names, by name
 * @param models Models of the namespace that those configs name, by name
 * @param fleets fleets of this Endpoint that exist, deleting ones included
 * @param route the route as last written, with the routers' words in its status
 * @param liveRouters routers that may carry traffic now; each must acknowledge before a fleet
 *     shrinks
 * @param readyRouters of these, the ones that clients are led to, and since when; a first revision
 *     is in service only when there is one
 * @param takenNames names that the Endpoint needs and a stranger's object has, such as {@code
 *     Service/housing}
 * @param url where clients reach the Endpoint in this shell
 * @param serverImage the image for a new fleet
 */
public record EndpointView(
    Endpoint endpoint,
    Map<String, EndpointConfig> configs,
    Map<String, Model> models,
    List<ObservedFleet> fleets,
    Optional<EndpointRoute> route,
    Set<String> liveRouters,
    Map<String, Instant> readyRouters,
    List<String> takenNames,
    String url,
    String serverImage,
    Instant now) {}

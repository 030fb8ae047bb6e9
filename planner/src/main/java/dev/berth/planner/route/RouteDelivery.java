package dev.berth.planner.route;

import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteStatus.RouterAck;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a planned route has come: written, then acknowledged by every router that may carry
 * traffic.
 *
 * <p>Only a router's word for this very content counts: the generation that it names is compared
 * with the written route's, and the written route's content with the planned one.
 *
 * @param planned what routers must obey
 * @param written the route as last written, with the routers' words in its status
 * @param liveRouters routers that may carry traffic now
 */
public record RouteDelivery(
    Optional<EndpointRouteSpec> planned, Optional<EndpointRoute> written, Set<String> liveRouters) {

  /** Nothing is routed and nothing is to be: no router can know a fleet of the Endpoint. */
  public boolean nothingRouted() {
    return planned.isEmpty() && written.isEmpty();
  }

  /** The planned route has the fleet, with whatever weight. */
  public boolean leadsTo(String fleet) {
    return planned.stream()
        .flatMap(route -> route.fleets().stream())
        .anyMatch(share -> share.service().equals(fleet));
  }

  /** The route that stands is the planned one. */
  public boolean isWritten() {
    return written.isPresent() && written.map(EndpointRoute::getSpec).equals(planned);
  }

  /** Every live router obeys the planned route, and there is one at least. */
  public boolean acknowledged() {
    return isWritten() && !liveRouters.isEmpty() && silentRouters().isEmpty();
  }

  /** The planned route is written, and no router carries traffic by another. */
  public boolean acknowledgedOrNoRouter() {
    return isWritten() && silentRouters().isEmpty();
  }

  /** Live routers that have not said that they obey the written route, sorted. */
  public List<String> silentRouters() {
    return liveRouters.stream().filter(router -> !obeys(router)).sorted().toList();
  }

  /** Some live router routes by some generation of this route. */
  public boolean anyRouterServes() {
    return liveRouters.stream().anyMatch(acks()::containsKey);
  }

  /** Percent of live routers that obey the planned route. */
  public int percent() {
    if (!isWritten() || liveRouters.isEmpty()) {
      return 0;
    }
    return 100 * (liveRouters.size() - silentRouters().size()) / liveRouters.size();
  }

  /**
   * When the last live router gave its word, by the routers' own clocks; empty unless all of them
   * have. A time that cannot be read must not hold a drain up for ever: it counts as long ago.
   */
  public Optional<Instant> acknowledgedAt() {
    return acknowledged()
        ? liveRouters.stream()
            .map(router -> instant(acks().get(router).time()))
            .max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private boolean obeys(String router) {
    RouterAck ack = acks().get(router);
    return ack != null && ack.generation() >= generation();
  }

  private Map<String, RouterAck> acks() {
    return written.map(EndpointRoute::getStatus).map(status -> status.routers()).orElse(Map.of());
  }

  private long generation() {
    return written.map(route -> route.getMetadata().getGeneration()).orElse(0L);
  }

  private static Instant instant(String time) {
    try {
      return time == null ? Instant.EPOCH : Instant.parse(time);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}

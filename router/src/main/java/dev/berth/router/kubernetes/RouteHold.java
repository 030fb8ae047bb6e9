package dev.berth.router.kubernetes;

import dev.berth.serving.route.FleetRoute;
import dev.berth.serving.route.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Holds a new generation of a route back while a fleet that it gives traffic to has no known
 * server: the EndpointSlice may be a moment behind the EndpointRoute, and the old route serves. But
 * not for ever: who wants a fleet without servers shall have it.
 */
final class RouteHold {
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Known(Route taken, long heldGeneration, long heldSinceNanos) {}

  private final Map<String, Known> known = new HashMap<>();
  private boolean holding;

  /** The routes to go by, in which the servers are those of now. */
  List<Route> decide(List<Route> wanted, ServiceAddresses addresses, long nowNanos) {
    holding = false;
    known.keySet().retainAll(wanted.stream().map(RouteHold::name).toList());
    return wanted.stream().map(route -> decide(route, addresses, nowNanos)).toList();
  }

  /** Whether the last decision held a route back. */
  boolean holding() {
    return holding;
  }

  private Route decide(Route wanted, ServiceAddresses addresses, long nowNanos) {
    Route located = located(wanted, addresses);
    Known before = known.get(name(wanted));
    if (before == null
        || before.taken().generation() == wanted.generation()
        || hasServers(located)
        || overdue(before, wanted, nowNanos)) {
      known.put(name(wanted), new Known(wanted, wanted.generation(), nowNanos));
      return located;
    }
    holding = true;
    if (before.heldGeneration() != wanted.generation()) {
      known.put(name(wanted), new Known(before.taken(), wanted.generation(), nowNanos));
    }
    return located(before.taken(), addresses);
  }

  private static boolean overdue(Known before, Route wanted, long nowNanos) {
    return before.heldGeneration() == wanted.generation()
        && nowNanos - before.heldSinceNanos() >= LONGEST_NANOS;
  }

  private static boolean hasServers(Route located) {
    return located.fleets().stream()
        .allMatch(fleet -> fleet.weight() == 0 || !fleet.backends().isEmpty());
  }

  private static Route located(Route route, ServiceAddresses addresses) {
    List<FleetRoute> fleets =
        route.fleets().stream().map(fleet -> fleet.at(addresses.of(fleet.service()))).toList();
    return new Route(
        route.endpoint(), route.namespace(), route.generation(), fleets, route.limits());
  }

  private static String name(Route route) {
    return route.namespace() + "/" + route.endpoint();
  }
}

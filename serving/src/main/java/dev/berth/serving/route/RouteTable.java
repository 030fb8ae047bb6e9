package dev.berth.serving.route;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All endpoints that a router answers for. */
public record RouteTable(List<Route> routes) {

  /** A router's table before it has got any. */
  public static final RouteTable EMPTY = new RouteTable(List.of());

  /**
   * @throws InvalidRouteTableException when two routes are for the same endpoint
   */
  public RouteTable {
    routes = List.copyOf(Check.present(routes, "routes"));
    Set<String> seen = new HashSet<>();
    for (Route route : routes) {
      Check.that(
          seen.add(route.namespace() + "/" + route.endpoint()),
          "routes: endpoint '"
              + route.endpoint()
              + "' of '"
              + route.namespace()
              + "' stands here twice");
    }
  }
}

package dev.berth.router.table;

import dev.berth.router.balance.Backend;
import dev.berth.router.balance.Fleet;
import dev.berth.router.metrics.FleetLabels;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.serving.route.BackendAddress;
import dev.berth.serving.route.FleetRoute;
import dev.berth.serving.route.Route;
import dev.berth.serving.route.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the routes that requests go by. Taking a table is one volatile write: a request that has
 * its server keeps it, the next one goes by the new table.
 */
public final class Switchboard {
  private record BackendKey(
      String namespace, String endpoint, String service, BackendAddress address) {}

  private final RouterMetrics metrics;
  private Map<BackendKey, Backend> backends = Map.of();
  private Map<String, EndpointState> states = Map.of();
  private Set<FleetLabels> labels = Set.of();
  private volatile Routes routes = Routes.NONE;
  private volatile boolean loaded;

  public Switchboard(RouterMetrics metrics) {
    this.metrics = metrics;
  }

  /** What requests go by now. */
  public Routes routes() {
    return routes;
  }

  /** Whether a table has been taken at all. */
  public boolean loaded() {
    return loaded;
  }

  /** From its return on, every new request goes by {@code table}. */
  public synchronized void take(RouteTable table) {
    Map<BackendKey, Backend> newBackends = new HashMap<>();
    Map<String, EndpointState> newStates = new HashMap<>();
    Set<FleetLabels> newLabels = new HashSet<>();
    List<LiveRoute> live = new ArrayList<>();
    for (Route route : table.routes()) {
      List<Fleet> fleets = new ArrayList<>();
      for (FleetRoute fleet : route.fleets()) {
        var fleetLabels = new FleetLabels(route.endpoint(), fleet.variant(), fleet.revision());
        newLabels.add(fleetLabels);
        fleets.add(
            new Fleet(
                fleet.variant(),
                fleet.weight(),
                fleet.routing(),
                backends(route, fleet, newBackends),
                metrics.fleet(fleetLabels)));
      }
      String name = route.endpoint() + "." + route.namespace();
      EndpointState known = states.get(name);
      EndpointState state = known == null ? new EndpointState() : known;
      newStates.put(name, state);
      live.add(new LiveRoute(route, fleets, state, System.nanoTime()));
    }
    routes = new Routes(live);
    loaded = true;
    labels.stream().filter(old -> !newLabels.contains(old)).forEach(metrics::forget);
    backends = newBackends;
    states = newStates;
    labels = newLabels;
  }

  private List<Backend> backends(
      Route route, FleetRoute fleet, Map<BackendKey, Backend> newBackends) {
    return fleet.backends().stream()
        .map(
            address -> {
              var key =
                  new BackendKey(route.namespace(), route.endpoint(), fleet.service(), address);
              Backend known = backends.get(key);
              return newBackends.computeIfAbsent(
                  key, _ -> known == null ? new Backend(address) : known);
            })
        .toList();
  }
}

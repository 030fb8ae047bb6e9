package dev.berth.planner;

import dev.berth.planner.RouterPlan.Owner;
import java.util.Comparator;
import java.util.List;

/**
 * Plans a namespace's router from all its Endpoints at once.
 *
 * <p>It runs from the first Endpoint on, ready or not: a router that is up when the first fleet is
 * ready makes the first answer seconds earlier. An Endpoint that is going needs it to the end,
 * because its fleets go only after the routers' word.
 */
public final class RouterPlanner {
  /** One may go (a node's drain, a crash) without a pause. */
  public static final int REPLICAS = 2;

  private RouterPlanner() {}

  public static RouterPlan plan(RouterView view) {
    List<Owner> owners =
        view.endpoints().stream()
            .map(endpoint -> endpoint.getMetadata())
            .map(metadata -> new Owner(metadata.getName(), metadata.getUid()))
            .sorted(Comparator.comparing(Owner::name))
            .toList();
    return new RouterPlan(
        view.namespace(), !owners.isEmpty(), view.replicas(), view.image(), owners);
  }
}

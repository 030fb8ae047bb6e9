package dev.berth.planner.route;

import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointSpec.VariantOverride;
import dev.berth.planner.defaults.VariantDefaults;
import dev.berth.planner.naming.FleetName;
import dev.berth.planner.revision.Revision;
import java.util.List;

/**
 * The route to a whole revision: every variant, those with weight 0 too (a header reaches them).
 */
public final class FleetRoutes {
  private FleetRoutes() {}

  public static List<FleetRoute> of(
      String endpoint, Revision revision, List<VariantOverride> overrides) {
    VariantWeights weights = VariantWeights.of(revision.variants(), overrides);
    return revision.variants().stream()
        .map(
            variant ->
                new FleetRoute(
                    variant.name(),
                    revision.hash(),
                    FleetName.of(endpoint, variant.name(), revision.hash()),
                    weights.byVariant().get(variant.name()),
                    VariantDefaults.routing(variant)))
        .toList();
  }
}

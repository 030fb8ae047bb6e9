package dev.berth.planner.route;

import dev.berth.api.EndpointSpec.VariantOverride;
import dev.berth.api.ProductionVariant;
import dev.berth.planner.defaults.VariantDefaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of a revision's variants: the Endpoint's where it gives one, else the EndpointConfig's.
 *
 * <p>Overrides that would leave no variant with any traffic are not obeyed: they are a slip, and
 * obeying it would be an outage.
 *
 * @param byVariant the weight of each variant, by its name
 * @param overridesObeyed false when the Endpoint's weights were left aside
 */
public record VariantWeights(Map<String, Double> byVariant, boolean overridesObeyed) {

  public static VariantWeights of(
      List<ProductionVariant> variants, List<VariantOverride> overrides) {
    Map<String, Double> configured = new HashMap<>();
    variants.forEach(variant -> configured.put(variant.name(), VariantDefaults.weight(variant)));
    Map<String, Double> wanted = new HashMap<>(configured);
    for (VariantOverride override : overrides) {
      if (override.weight() != null) {
        wanted.replace(override.name(), override.weight());
      }
    }
    return someTraffic(wanted) || !someTraffic(configured)
        ? new VariantWeights(wanted, true)
        : new VariantWeights(configured, false);
  }

  private static boolean someTraffic(Map<String, Double> weights) {
    return weights.values().stream().anyMatch(weight -> weight > 0);
  }
}

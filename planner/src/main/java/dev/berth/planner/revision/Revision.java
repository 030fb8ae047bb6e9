package dev.berth.planner.revision;

import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigSpec;
import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import dev.berth.api.ProductionVariant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An EndpointConfig with its Models, as content.
 *
 * @param configName the EndpointConfig's name; another name with equal content is the same revision
 * @param hash the revision's name, 8 characters
 * @param models specs of all Models that the variants name, by name
 */
public record Revision(
    String configName, String hash, EndpointConfigSpec config, Map<String, ModelSpec> models) {

  /** What is hashed. Its shape is a promise: to change it rolls every fleet. */
  private record Content(EndpointConfigSpec config, Map<String, ModelSpec> models) {}

  /** Empty when a Model that a variant names is not among {@code models}. */
  public static Optional<Revision> of(EndpointConfig config, Map<String, Model> models) {
    Map<String, ModelSpec> named = new TreeMap<>();
    for (ProductionVariant variant : config.getSpec().productionVariants()) {
      Model model = models.get(variant.modelName());
      if (model == null) {
        return Optional.empty();
      }
      named.put(variant.modelName(), model.getSpec());
    }
    String hash = ShortHash.of(CanonicalJson.of(new Content(config.getSpec(), named)));
    return Optional.of(
        new Revision(config.getMetadata().getName(), hash, config.getSpec(), Map.copyOf(named)));
  }

  public List<ProductionVariant> variants() {
    return config.productionVariants();
  }

  public ModelSpec modelOf(ProductionVariant variant) {
    return models.get(variant.modelName());
  }
}

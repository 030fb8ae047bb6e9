package dev.berth.operator.gather;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointStatus;
import dev.berth.api.ProductionVariant;
import java.util.LinkedHashSet;
import java.util.Set;

/** What names what. */
public final class References {

  private References() {}

  /** EndpointConfigs that an Endpoint runs, ran before, or moves from or to. */
  public static Set<String> configs(Endpoint endpoint) {
    Set<String> names = new LinkedHashSet<>();
    names.add(endpoint.getSpec().endpointConfigName());
    EndpointStatus status = endpoint.getStatus();
    if (status != null) {
      names.add(status.endpointConfigName());
      names.add(status.previousEndpointConfigName());
      if (status.update() != null) {
        names.add(status.update().from());
        names.add(status.update().to());
      }
    }
    names.remove(null);
    return names;
  }

  /** Models that an EndpointConfig's variants name. */
  public static Set<String> models(EndpointConfig config) {
    Set<String> names = new LinkedHashSet<>();
    for (ProductionVariant variant : config.getSpec().productionVariants()) {
      names.add(variant.modelName());
    }
    return names;
  }
}

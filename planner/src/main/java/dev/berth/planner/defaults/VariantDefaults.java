package dev.berth.planner.defaults;

import dev.berth.api.ProductionVariant;
import dev.berth.api.ProductionVariant.Autoscaling;
import dev.berth.api.ProductionVariant.Routing;
import java.time.Duration;
import java.util.Objects;

/** Defaults of {@code EndpointConfig.spec.productionVariants}. */
public final class VariantDefaults {
  public static final double WEIGHT = 1.0;
  public static final int REPLICAS = 1;
  public static final int MIN_REPLICAS = 1;
  public static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(10);

  private VariantDefaults() {}

  /** Relative to the sum of all variants' weights. */
  public static double weight(ProductionVariant variant) {
    return Objects.requireNonNullElse(variant.weight(), WEIGHT);
  }

  public static Routing routing(ProductionVariant variant) {
    return Objects.requireNonNullElse(variant.routing(), Routing.LeastOutstanding);
  }

  /** How long a replica may take to become ready before the fleet counts as failed. */
  public static Duration startupTimeout(ProductionVariant variant) {
    return variant.startupTimeoutSeconds() == null
        ? STARTUP_TIMEOUT
        : Duration.ofSeconds(variant.startupTimeoutSeconds());
  }

  public static int minReplicas(Autoscaling autoscaling) {
    return Objects.requireNonNullElse(autoscaling.minReplicas(), MIN_REPLICAS);
  }

  /** Never below {@link #minReplicas}, whatever was written. */
  public static int maxReplicas(Autoscaling autoscaling) {
    int min = minReplicas(autoscaling);
    return autoscaling.maxReplicas() == null ? min : Math.max(min, autoscaling.maxReplicas());
  }
}

package dev.berth.planner.sizing;

import dev.berth.api.EndpointSpec.VariantOverride;
import dev.berth.api.ProductionVariant;
import dev.berth.api.ProductionVariant.Autoscaling;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.defaults.VariantDefaults;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A variant and how many replicas it is to have.
 *
 * @param variant the variant, with its autoscaler's floor raised where a fleet must not shrink
 * @param replicas at least 1
 */
public record FleetSize(ProductionVariant variant, int replicas) {

  /** A fleet in service: what was asked for, or what its autoscaler has made of it. */
  public static FleetSize inService(
      ProductionVariant variant,
      List<VariantOverride> overrides,
      Optional<ObservedFleet> observed) {
    return variant.autoscaling() == null
        ? new FleetSize(variant, asked(variant, overrides))
        : new FleetSize(
            variant,
            observed
                .map(ObservedFleet::desiredReplicas)
                .filter(desired -> desired > 0)
                .orElseGet(() -> first(variant, 0)));
  }

  /**
   * A fleet that is to take over: as large as the one of that variant has grown, and held there
   * until it has traffic, or its idle autoscaler would shrink it just before it is needed.
   *
   * @param grown replicas that the variant has in the revision that serves; 0 if it is new
   */
  public static FleetSize takingOver(
      ProductionVariant variant, List<VariantOverride> overrides, int grown) {
    if (variant.autoscaling() == null) {
      return new FleetSize(variant, asked(variant, overrides));
    }
    int first = first(variant, grown);
    return new FleetSize(withFloor(variant, first), first);
  }

  /** The fleet that serves while its successor starts: may grow, is not made smaller by an edit. */
  public static FleetSize servingOn(
      ProductionVariant variant,
      List<VariantOverride> overrides,
      Optional<ObservedFleet> observed) {
    FleetSize size = inService(variant, overrides, observed);
    return variant.autoscaling() == null
        ? new FleetSize(variant, Math.max(size.replicas, has(observed)))
        : size;
  }

  /** The fleet that traffic has left but may come back to: stays as large as it is. */
  public static FleetSize keptWarm(
      ProductionVariant variant,
      List<VariantOverride> overrides,
      Optional<ObservedFleet> observed) {
    FleetSize size = servingOn(variant, overrides, observed);
    return variant.autoscaling() == null
        ? size
        : new FleetSize(withFloor(variant, Math.min(size.replicas, maxOf(variant))), size.replicas);
  }

  private static int has(Optional<ObservedFleet> observed) {
    return observed.map(ObservedFleet::desiredReplicas).orElse(0);
  }

  private static int asked(ProductionVariant variant, List<VariantOverride> overrides) {
    int configured = Objects.requireNonNullElse(variant.replicas(), VariantDefaults.REPLICAS);
    return Math.max(1, override(variant, overrides).orElse(configured));
  }

  private static int first(ProductionVariant variant, int grown) {
    int min = VariantDefaults.minReplicas(variant.autoscaling());
    int initial = Objects.requireNonNullElse(variant.replicas(), min);
    return Math.clamp(Math.max(initial, grown), Math.max(1, min), Math.max(1, maxOf(variant)));
  }

  private static Optional<Integer> override(
      ProductionVariant variant, List<VariantOverride> overrides) {
    return overrides.stream()
        .filter(override -> override.name().equals(variant.name()))
        .map(VariantOverride::replicas)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static int maxOf(ProductionVariant variant) {
    return VariantDefaults.maxReplicas(variant.autoscaling());
  }

  private static ProductionVariant withFloor(ProductionVariant v, int floor) {
    Autoscaling a = v.autoscaling();
    if (floor <= VariantDefaults.minReplicas(a)) {
      return v;
    }
    Autoscaling held =
        new Autoscaling(
            floor,
            a.maxReplicas(),
            a.metrics(),
            a.scaleOutCooldownSeconds(),
            a.scaleInCooldownSeconds());
    return new ProductionVariant(
        v.name(),
        v.modelName(),
        v.weight(),
        v.replicas(),
        v.resources(),
        held,
        v.routing(),
        v.startupTimeoutSeconds(),
        v.scheduling());
  }
}

package dev.berth.planner.defaults;

import dev.berth.api.EndpointRouteSpec.RouteLimits;
import dev.berth.api.EndpointSpec;
import dev.berth.api.EndpointSpec.BlueGreen;
import dev.berth.api.EndpointSpec.Limits;
import dev.berth.api.EndpointSpec.Update;
import dev.berth.api.EndpointSpec.VariantOverride;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Defaults of {@code Endpoint.spec}. */
public final class EndpointDefaults {
  /** SageMaker's largest request body. */
  public static final long MAX_BODY_BYTES = 6_291_456;

  public static final int TIMEOUT_SECONDS = 60;

  /** Requests that may wait for a fleet that is about to have a replica again. */
  public static final int MAX_QUEUE = 100;

  public static final Duration BAKE = Duration.ZERO;
  public static final Duration TERMINATION_WAIT = Duration.ofMinutes(1);
  public static final Duration UPDATE_TIMEOUT = Duration.ofHours(1);

  private EndpointDefaults() {}

  public static List<VariantOverride> overrides(EndpointSpec spec) {
    return spec.variants() == null ? List.of() : spec.variants();
  }

  /** How long the new fleet carries all traffic before the old one's end is decided. */
  public static Duration bake(EndpointSpec spec) {
    return blueGreen(spec).map(BlueGreen::waitSeconds).map(Duration::ofSeconds).orElse(BAKE);
  }

  /** How long the old fleet stays warm after its last request was sent. */
  public static Duration terminationWait(EndpointSpec spec) {
    return blueGreen(spec)
        .map(BlueGreen::terminationWaitSeconds)
        .map(Duration::ofSeconds)
        .orElse(TERMINATION_WAIT);
  }

  /** Bound of an update, until all traffic has moved. */
  public static Duration updateTimeout(EndpointSpec spec) {
    return update(spec).map(Update::timeoutSeconds).map(Duration::ofSeconds).orElse(UPDATE_TIMEOUT);
  }

  public static boolean paused(EndpointSpec spec) {
    return Boolean.TRUE.equals(spec.paused());
  }

  public static RouteLimits limits(EndpointSpec spec) {
    Optional<Limits> limits = Optional.ofNullable(spec.limits());
    return new RouteLimits(
        limits.map(Limits::maxBodyBytes).orElse(MAX_BODY_BYTES),
        limits.map(Limits::timeoutSeconds).orElse(TIMEOUT_SECONDS),
        limits.map(Limits::maxQueue).orElse(MAX_QUEUE));
  }

  private static Optional<Update> update(EndpointSpec spec) {
    return Optional.ofNullable(spec.update());
  }

  private static Optional<BlueGreen> blueGreen(EndpointSpec spec) {
    return update(spec).map(Update::blueGreen);
  }
}

package dev.berth.api;

import java.util.List;

/** What clients call. */
public record EndpointSpec(
    String endpointConfigName, List<VariantOverride> variants, Update update, Limits limits) {

  /** Overrides one variant's weight or replicas with no new fleet. */
  public record VariantOverride(String name, Double weight, Integer replicas) {}

  /** How to go from one EndpointConfig to the next. */
  public record Update(
      UpdateType type, BlueGreen blueGreen, Integer timeoutSeconds, Boolean paused) {}

  /** Kinds of update. */
  public enum UpdateType {
    BlueGreen
  }

  /** A whole new fleet beside the old one, then a shift of traffic. */
  public record BlueGreen(Shift shift, Integer waitSeconds, Integer terminationWaitSeconds) {}

  /** How traffic moves. */
  public enum Shift {
    AllAtOnce
  }

  /** Bounds of one request. */
  public record Limits(Long maxBodyBytes, Integer timeoutSeconds, Integer maxQueue) {}
}

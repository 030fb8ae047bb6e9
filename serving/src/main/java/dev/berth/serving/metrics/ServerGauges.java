package dev.berth.serving.metrics;

/**
 * Names of the gauges by which fleets are autoscaled: a model server shows them, and an autoscaler
 * asks the cluster's metrics adapter for them. They have no labels, so that a pod has one value.
 */
public final class ServerGauges {
  /** Invocations that wait or are being answered. */
  public static final String IN_FLIGHT = "berth_server_in_flight";

  /** Invocations of the last minute, answered or refused. */
  public static final String INVOCATIONS_PER_MINUTE = "berth_server_invocations_per_minute";

  private ServerGauges() {}
}

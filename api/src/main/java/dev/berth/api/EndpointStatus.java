package dev.berth.api;

import java.util.List;

/** What an Endpoint does now, and what its update waits for. */
public record EndpointStatus(
    Long observedGeneration,
    Phase phase,
    String url,
    String endpointConfigName,
    String revision,
    String previousEndpointConfigName,
    LastFailure lastFailure,
    UpdateStatus update,
    List<VariantStatus> variants,
    List<Condition> conditions) {

  /** Where an Endpoint is in its life. */
  public enum Phase {
    Creating,
    InService,
    Updating,
    RollingBack,
    Failed,
    Deleting
  }

  /** The last update that was given up; stays visible after InService, until an update succeeds. */
  public record LastFailure(
      String endpointConfigName,
      String revision,
      Long generation,
      String reason,
      String message,
      String time) {}

  /** Steps of an update. */
  public enum Step {
    Provisioning,
    Shifting,
    Baking,
    Terminating,
    RollingBack
  }

  /**
   * The update in progress; absent when there is none. {@code from} and {@code to} are
   * EndpointConfig names, times are RFC 3339.
   */
  public record UpdateStatus(
      String from,
      String to,
      String fromRevision,
      String toRevision,
      Step step,
      String startedAt,
      String stepStartedAt,
      Integer shiftedPercent,
      String waitingFor) {}

  /** One fleet of the Endpoint. */
  public record VariantStatus(
      String name,
      String modelName,
      String revision,
      VariantPhase phase,
      Double weight,
      Double desiredWeight,
      Integer replicas,
      Integer readyReplicas,
      String imageDigest,
      String modelSha256,
      String message) {}

  /** Where a fleet is in its life. */
  public enum VariantPhase {
    Creating,
    InService,
    Failed,
    Draining,
    Deleting
  }
}

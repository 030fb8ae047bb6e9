package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.util.List;

/** What an Endpoint does now, and what its update waits for. */
@SchemaCustomizer(value = UniqueItems.class, input = "conditions by type")
public record EndpointStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Creating, InService, Updating, RollingBack, Failed (it was never in service, and"
                + " cannot be as things are) or Deleting.")
        Phase phase,
    @JsonPropertyDescription("Where to send requests: POST {url}/invocations.") String url,
    @JsonPropertyDescription("The EndpointConfig that serves now.") String endpointConfigName,
    @JsonPropertyDescription(
            "Hash of the EndpointConfig and its Models that serve now; part of the names of the"
                + " Endpoint's Deployments.")
        String revision,
    @JsonPropertyDescription("The EndpointConfig that served before.")
        String previousEndpointConfigName,
    @JsonPropertyDescription("The last update that was given up; stays until one succeeds.")
        LastFailure lastFailure,
    @JsonPropertyDescription("The update in progress; absent when there is none.")
        UpdateStatus update,
    @JsonPropertyDescription(
            "The fleets: one a variant and revision, so a variant stands twice during an update.")
        List<VariantStatus> variants,
    @JsonPropertyDescription(
            "ConfigAccepted (what it refers to exists and fits), Serving (requests are answered),"
                + " Progressing (a change is under way) and Ready (all is as the spec says);"
                + " Reconciled=False only while the API server refuses what Berth writes for it.")
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
      @JsonPropertyDescription("The EndpointConfig that could not be reached.")
          String endpointConfigName,
      @JsonPropertyDescription("Its revision.") String revision,
      @JsonPropertyDescription("The metadata.generation that asked for it.") Long generation,
      @JsonPropertyDescription("Why, as one word for programs.") String reason,
      @JsonPropertyDescription("Why, as a sentence for people; names the Model.") String message,
      @JsonPropertyDescription("When it was given up (RFC 3339, UTC).") String time) {}

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
      @JsonPropertyDescription("The EndpointConfig that it leaves.") String from,
      @JsonPropertyDescription("The EndpointConfig that it goes to.") String to,
      @JsonPropertyDescription("The revision that it leaves.") String fromRevision,
      @JsonPropertyDescription("The revision that it goes to.") String toRevision,
      @JsonPropertyDescription(
              "Provisioning (new pods start), Shifting (traffic moves), Baking (blueGreen"
                  + ".waitSeconds), Terminating (the old fleet goes) or RollingBack.")
          Step step,
      @JsonPropertyDescription("When it began (RFC 3339, UTC).") String startedAt,
      @JsonPropertyDescription("When its step began (RFC 3339, UTC).") String stepStartedAt,
      @JsonPropertyDescription("Share of the traffic that has moved, in percent.")
          Integer shiftedPercent,
      @JsonPropertyDescription("What it waits for, as a sentence.") String waitingFor) {}

  /** One fleet of the Endpoint. */
  public record VariantStatus(
      @JsonPropertyDescription("Name of the variant.") String name,
      @JsonPropertyDescription("The Model that it runs.") String modelName,
      @JsonPropertyDescription("The revision that it belongs to.") String revision,
      @JsonPropertyDescription(
              "Creating, InService, Failed, Draining (gets no new requests) or Deleting.")
          VariantPhase phase,
      @JsonPropertyDescription("The weight that routers obey now.") Double weight,
      @JsonPropertyDescription("The weight that it is to have.") Double desiredWeight,
      @JsonPropertyDescription("How many pods it is to have.") Integer replicas,
      @JsonPropertyDescription("How many pods are ready.") Integer readyReplicas,
      @JsonPropertyDescription("Digest of the image that its pods run.") String imageDigest,
      @JsonPropertyDescription("SHA-256 of the model that its pods loaded.") String modelSha256,
      @JsonPropertyDescription("What is wrong with it, as a sentence.") String message) {}

  /** Where a fleet is in its life. */
  public enum VariantPhase {
    Creating,
    InService,
    Failed,
    Draining,
    Deleting
  }
}

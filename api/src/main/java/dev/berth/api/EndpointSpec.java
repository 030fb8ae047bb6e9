package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What clients call. */
@SchemaCustomizer(value = UniqueItems.class, input = "variants by name")
public record EndpointSpec(
    @JsonPropertyDescription(
            "The EndpointConfig to run, of this namespace. Naming another one starts an update: new"
                + " pods beside the old ones, then all traffic moves. If it does not exist yet, the"
                + " Endpoint waits for it.")
        @Required
        @Size(min = 1, max = Names.MAX)
        @ValidationRule(value = Names.SUBDOMAIN, message = Names.SUBDOMAIN_MESSAGE)
        String endpointConfigName,
    @JsonPropertyDescription(
            "Weights and sizes other than the EndpointConfig's. A change acts in seconds, with no"
                + " new pods but those that a higher number of replicas asks for. Default: none.")
        @Size(max = 10)
        List<VariantOverride> variants,
    @JsonPropertyDescription(
            "How to go from one EndpointConfig to the next. Default: BlueGreen, all traffic at once.")
        Update update,
    @JsonPropertyDescription(
            "Holds an update at its step for as long as it is true; the Endpoint serves on as it"
                + " does. Default: false.")
        Boolean paused,
    @JsonPropertyDescription(
            "Bounds of one request, and of how many wait. Default: 6 MiB, 60 seconds, 100 waiting.")
        Limits limits) {

  /** Overrides one variant's weight or replicas with no new fleet. */
  @ValidationRule(
      value = "has(self.weight) || has(self.replicas)",
      message = "set weight or replicas, or remove the entry: it changes nothing")
  public record VariantOverride(
      @JsonPropertyDescription("Name of a variant of the EndpointConfig.")
          @Required
          @Size(min = 1, max = Names.MAX)
          @ValidationRule(value = Names.LABEL, message = Names.LABEL_MESSAGE)
          String name,
      @JsonPropertyDescription("Its weight. Default: as in the EndpointConfig.")
          @Min(0)
          @Max(1_000_000)
          Double weight,
      @JsonPropertyDescription(
              "How many pods it has; without effect on a variant that is autoscaled. Default: as in"
                  + " the EndpointConfig.")
          @Min(1)
          @Max(1000)
          Integer replicas) {}

  /** How to go from one EndpointConfig to the next. */
  @ValidationRule(
      value =
          "(has(self.timeoutSeconds) ? self.timeoutSeconds : 3600) >"
              + " (has(self.blueGreen) && has(self.blueGreen.waitSeconds) ?"
              + " self.blueGreen.waitSeconds : 0)",
      message =
          "timeoutSeconds (3600 by default) must be longer than blueGreen.waitSeconds, or no update"
              + " could ever end: raise the one or lower the other")
  public record Update(
      @JsonPropertyDescription(
              "BlueGreen: a whole new fleet beside the old one, then a shift of traffic. Default:"
                  + " BlueGreen.")
          UpdateType type,
      @JsonPropertyDescription(
              "Details of a BlueGreen update. Default: no bake, and the old fleet stays for a minute.")
          BlueGreen blueGreen,
      @JsonPropertyDescription(
              "How long an update may take until all traffic has moved, in seconds; then it is given up and"
                  + " the old fleet serves on. 60 to 28800. Default: 3600.")
          @Min(60)
          @Max(28800)
          Integer timeoutSeconds) {}

  /** Kinds of update. */
  public enum UpdateType {
    BlueGreen
  }

  /** A whole new fleet beside the old one, then a shift of traffic. */
  public record BlueGreen(
      @JsonPropertyDescription(
              "How traffic moves once every new pod is ready: AllAtOnce. Default: AllAtOnce.")
          Shift shift,
      @JsonPropertyDescription(
              "How long the new fleet has all traffic before the update counts as done, in seconds:"
                  + " the bake. 0 to 3600. Default: 0.")
          @Min(0)
          @Max(3600)
          Integer waitSeconds,
      @JsonPropertyDescription(
              "How long the old fleet stays up after that, in seconds, so that going back to it is"
                  + " quick. 0 to 3600. Default: 60.")
          @Min(0)
          @Max(3600)
          Integer terminationWaitSeconds) {}

  /** How traffic moves. */
  public enum Shift {
    AllAtOnce
  }

  /** Bounds of one request. */
  public record Limits(
      @JsonPropertyDescription(
              "Largest request in bytes, up to 104857600 (100 MiB); a larger one is answered with"
                  + " 413. Default: 6291456 (6 MiB).")
          @Min(1)
          @Max(104857600)
          Long maxBodyBytes,
      @JsonPropertyDescription(
              "How long a request may take, in seconds; then it is answered with 504. 1 to 3600."
                  + " Default: 60.")
          @Min(1)
          @Max(3600)
          Integer timeoutSeconds,
      @JsonPropertyDescription(
              "How many requests of this Endpoint may wait at each router while no pod is ready;"
                  + " more are answered with 429. 0 to 10000. Default: 100.")
          @Min(0)
          @Max(10000)
          Integer maxQueue) {}
}

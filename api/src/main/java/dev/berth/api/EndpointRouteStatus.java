package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Map;

/**
 * Which generation each router serves, by the router's name; every router applies its own entry.
 */
public record EndpointRouteStatus(
    @JsonPropertyDescription("What each router serves, by the name of its pod.")
        Map<String, RouterAck> routers) {

  /** A router's word: from {@code time} (RFC 3339) on it routes by {@code generation}. */
  public record RouterAck(
      @JsonPropertyDescription("The metadata.generation of the EndpointRoute that it obeys.")
          @Required
          long generation,
      @JsonPropertyDescription("Since when (RFC 3339, UTC).") @Required String time) {}
}

package dev.berth.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet.ServerFailure;
import java.util.Map;

/** What a model server of a fleet needs before it can start. */
public sealed interface ServerSetup {

  /**
   * All is there.
   *
   * @param config the server's {@code --config}
   * @param environment the Model's own variables
   */
  record Complete(JsonNode config, Map<String, String> environment) implements ServerSetup {}

  /** Something is missing or cannot run here. */
  record Incomplete(ServerFailure failure) implements ServerSetup {}

  /** Finds out. Asked before each start, so what was missing may have come. */
  interface Source {
    ServerSetup of(Fleet fleet);
  }
}

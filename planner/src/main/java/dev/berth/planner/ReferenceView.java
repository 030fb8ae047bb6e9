package dev.berth.planner;

import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What the plans of a Model or an EndpointConfig depend on: who uses it. */
public sealed interface ReferenceView {

  /**
   * A Model and who uses it.
   *
   * @param configs every EndpointConfig of the namespace
   * @param endpoints names of Endpoints that use one of those configs, or run a fleet of this Model
   * @param fleets that run it, of whatever Endpoint and revision
   */
  record ModelView(
      Model model,
      Collection<EndpointConfig> configs,
      List<String> endpoints,
      List<ObservedFleet> fleets,
      Instant now)
      implements ReferenceView {}

  /**
   * An EndpointConfig and who uses it.
   *
   * @param models names of the Models that exist in the namespace
   * @param endpoints names of Endpoints whose spec or status names this, or that run its fleets
   */
  record EndpointConfigView(
      EndpointConfig config, Collection<String> models, List<String> endpoints, Instant now)
      implements ReferenceView {}
}

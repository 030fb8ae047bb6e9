package dev.berth.planner;

import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the plans of a Model or an EndpointConfig depend on: who uses it. */
public sealed interface ReferenceView {

  /**
   * A Model and who uses it.
   *
   * @param configs every EndpointConfig of the namespace
   * @param endpoints names of Endpoints that use one of those configs, or run a fleet of this Model
   * @param report what a ready server says of it, wherever it runs
   * @param failure why servers of it do not start, if they do not
   */
  record ModelView(
      Model model,
      Collection<EndpointConfig> configs,
      List<String> endpoints,
      Optional<ObservedFleet.ModelReport> report,
      Optional<ObservedFleet.ServerFailure> failure,
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

package dev.berth.local.shell;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointStatus;
import dev.berth.api.Model;
import dev.berth.local.process.Children.RunningFleet;
import dev.berth.planner.ReferenceView.EndpointConfigView;
import dev.berth.planner.ReferenceView.ModelView;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who uses what, at one instant.
 *
 * @param endpoints of all namespaces, as are the others
 */
record References(
    List<Endpoint> endpoints,
    List<EndpointConfig> configs,
    List<Model> models,
    List<RunningFleet> fleets,
    Instant now) {

  ModelView of(Model model) {
    String namespace = model.getMetadata().getNamespace();
    String name = model.getMetadata().getName();
    List<EndpointConfig> here =
        configs.stream().filter(c -> c.getMetadata().getNamespace().equals(namespace)).toList();
    Set<String> users = new HashSet<>();
    here.stream()
        .filter(
            c ->
                c.getSpec().productionVariants().stream().anyMatch(v -> name.equals(v.modelName())))
        .forEach(c -> users.addAll(endpointsOf(namespace, c.getMetadata().getName())));
    List<RunningFleet> servers =
        fleets.stream()
            .filter(f -> f.fleet().namespace().equals(namespace))
            .filter(f -> f.fleet().modelName().equals(name))
            .toList();
    servers.forEach(f -> users.add(f.fleet().endpoint()));
    return new ModelView(
        model,
        here,
        List.copyOf(users),
        servers.stream().map(RunningFleet::observed).toList(),
        now);
  }

  EndpointConfigView of(EndpointConfig config) {
    String namespace = config.getMetadata().getNamespace();
    return new EndpointConfigView(
        config,
        models.stream()
            .filter(m -> m.getMetadata().getNamespace().equals(namespace))
            .map(m -> m.getMetadata().getName())
            .toList(),
        endpointsOf(namespace, config.getMetadata().getName()),
        now);
  }

  private List<String> endpointsOf(String namespace, String config) {
    return endpoints.stream()
        .filter(e -> e.getMetadata().getNamespace().equals(namespace))
        .filter(e -> names(e).anyMatch(config::equals))
        .map(e -> e.getMetadata().getName())
        .toList();
  }

  /** EndpointConfigs that an Endpoint wants, serves, or is leaving. */
  private static Stream<String> names(Endpoint endpoint) {
    boolean going = endpoint.getMetadata().getDeletionTimestamp() != null;
    Stream<String> wanted =
        going ? Stream.empty() : Stream.of(endpoint.getSpec().endpointConfigName());
    EndpointStatus status = endpoint.getStatus();
    if (status == null) {
      return wanted;
    }
    Stream<String> served = Stream.ofNullable(status.endpointConfigName());
    Stream<String> moving =
        status.update() == null
            ? Stream.empty()
            : Stream.concat(
                Stream.ofNullable(status.update().from()), Stream.ofNullable(status.update().to()));
    return Stream.concat(Stream.concat(wanted, served), moving);
  }
}

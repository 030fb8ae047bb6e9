package dev.berth.planner.rollout;

import dev.berth.api.EndpointConfig;
import dev.berth.api.ProductionVariant;
import dev.berth.planner.EndpointView;
import dev.berth.planner.naming.FleetName;
import dev.berth.planner.revision.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what an Endpoint's spec asks for can be run at all. */
public sealed interface Acceptance {
  String CONFIG_NOT_FOUND = "EndpointConfigNotFound";
  String MODEL_NOT_FOUND = "ModelNotFound";
  String NAME_TAKEN = "NameTaken";

  /** Reasons that go away by themselves: what they ended is tried again once they have. */
  Set<String> HEALING = Set.of(CONFIG_NOT_FOUND, MODEL_NOT_FOUND, NAME_TAKEN);

  /** The spec's EndpointConfig and its Models exist. */
  record Accepted(Revision revision) implements Acceptance {}

  /** Something is missing or in the way; it heals when that changes. */
  record Rejected(Failure failure) implements Acceptance {}

  static Acceptance of(EndpointView view) {
    String name = view.endpoint().getSpec().endpointConfigName();
    EndpointConfig config = view.configs().get(name);
    if (config == null) {
      return new Rejected(configNotFound(name));
    }
    Optional<Revision> revision = Revision.of(config, view.models());
    if (revision.isEmpty()) {
      return new Rejected(modelNotFound(view, config));
    }
    return taken(view, revision.get()).orElseGet(() -> new Accepted(revision.get()));
  }

  /**
   * Names that the Endpoint itself needs (its Service, its route) and a stranger's object has. They
   * stop a creation, not an Endpoint that serves.
   */
  static Optional<Failure> endpointNameTaken(EndpointView view) {
    return taken(view, Set.of(view.endpoint().getMetadata().getName()));
  }

  private static Optional<Acceptance> taken(EndpointView view, Revision revision) {
    String endpoint = view.endpoint().getMetadata().getName();
    List<String> fleets =
        revision.variants().stream()
            .map(ProductionVariant::name)
            .map(variant -> FleetName.of(endpoint, variant, revision.hash()))
            .toList();
    return taken(view, Set.copyOf(fleets)).map(Rejected::new);
  }

  private static Optional<Failure> taken(EndpointView view, Set<String> names) {
    List<String> taken =
        view.takenNames().stream().filter(t -> names.contains(nameOf(t))).sorted().toList();
    return taken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Failure(
                NAME_TAKEN,
                "%s exists and was not made by Berth, which leaves it alone; delete it or name the"
                        .formatted(String.join(", ", taken))
                    + " Endpoint otherwise, and this heals by itself"));
  }

  /** {@code housing} of {@code Service/housing}. */
  static String nameOf(String taken) {
    return taken.substring(taken.indexOf('/') + 1);
  }

  private static Failure configNotFound(String name) {
    return new Failure(
        CONFIG_NOT_FOUND,
        "no EndpointConfig %s in this namespace; create it and this heals by itself"
            .formatted(name));
  }

  private static Failure modelNotFound(EndpointView view, EndpointConfig config) {
    String missing =
        config.getSpec().productionVariants().stream()
            .map(ProductionVariant::modelName)
            .filter(model -> !view.models().containsKey(model))
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return new Failure(
        MODEL_NOT_FOUND,
        "EndpointConfig %s names Model %s, which is not in this namespace; create it and this heals by itself"
            .formatted(config.getMetadata().getName(), missing));
  }
}

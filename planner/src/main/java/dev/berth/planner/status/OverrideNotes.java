package dev.berth.planner.status;

import dev.berth.api.EndpointSpec.VariantOverride;
import dev.berth.api.ProductionVariant;
import dev.berth.planner.condition.Judgement;
import dev.berth.planner.revision.Revision;
import dev.berth.planner.route.VariantWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which of an Endpoint's overrides mean nothing to its EndpointConfig: a slip, no failure. */
final class OverrideNotes {
  private OverrideNotes() {}

  static Judgement judge(Revision revision, List<VariantOverride> overrides) {
    List<String> notes = new ArrayList<>();
    for (VariantOverride override : overrides) {
      Optional<ProductionVariant> variant =
          revision.variants().stream().filter(v -> v.name().equals(override.name())).findFirst();
      if (variant.isEmpty()) {
        notes.add(
            "spec.variants names %s, which EndpointConfig %s has not"
                .formatted(override.name(), revision.configName()));
      } else if (override.replicas() != null && variant.get().autoscaling() != null) {
        notes.add(
            "replicas of %s are its autoscaler's: the override has no effect"
                .formatted(override.name()));
      }
    }
    if (!VariantWeights.of(revision.variants(), overrides).overridesObeyed()) {
      notes.add("the weights in spec.variants would leave no variant with traffic: not obeyed");
    }
    return notes.isEmpty()
        ? Judgement.yes("Accepted", "the EndpointConfig and its Models exist")
        : Judgement.yes("OverrideIgnored", String.join("; ", notes));
  }
}

package dev.berth.planner.reference;

import dev.berth.api.Condition;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigStatus;
import dev.berth.api.ProductionVariant;
import dev.berth.planner.ReferencePlan;
import dev.berth.planner.ReferenceView.EndpointConfigView;
import dev.berth.planner.condition.Judgement;
import java.util.List;

/** Plans an EndpointConfig: Ready says whether the Models exist that its variants name. */
public final class EndpointConfigPlanner {
  private EndpointConfigPlanner() {}

  public static ReferencePlan<EndpointConfigStatus> plan(EndpointConfigView view) {
    EndpointConfig config = view.config();
    List<Condition> old = config.getStatus() == null ? null : config.getStatus().conditions();
    List<String> usedBy = view.endpoints().stream().sorted().distinct().toList();
    Findings findings = Findings.of(config, old, judge(view), usedBy, view.now());
    return new ReferencePlan<>(
        new EndpointConfigStatus(
            config.getMetadata().getGeneration(), findings.conditions(), usedBy),
        findings.events(),
        usedBy.isEmpty());
  }

  private static Judgement judge(EndpointConfigView view) {
    List<String> missing =
        view.config().getSpec().productionVariants().stream()
            .map(ProductionVariant::modelName)
            .filter(name -> !view.models().contains(name))
            .sorted()
            .distinct()
            .toList();
    return missing.isEmpty()
        ? Judgement.yes("ModelsFound", "every Model that a variant names exists")
        : Judgement.no(
            "ModelNotFound",
            "no Model %s in this namespace; create it and this heals by itself"
                .formatted(String.join(", ", missing)));
  }
}

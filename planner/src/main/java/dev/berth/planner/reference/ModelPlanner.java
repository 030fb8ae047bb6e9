package dev.berth.planner.reference;

import dev.berth.api.Condition;
import dev.berth.api.Model;
import dev.berth.api.ModelStatus;
import dev.berth.planner.ObservedFleet.ModelReport;
import dev.berth.planner.ObservedFleet.ServerFailure;
import dev.berth.planner.ReferencePlan;
import dev.berth.planner.ReferenceView.ModelView;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.condition.Judgement;
import dev.berth.planner.condition.Judgement.Truth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans a Model: Ready is Unknown until a server has tried it, True once one serves it, False once
 * one could not and none can. What a server learned from the file is kept when the last server is
 * gone, because a Model never changes.
 */
public final class ModelPlanner {
  private ModelPlanner() {}

  public static ReferencePlan<ModelStatus> plan(ModelView view) {
    Model model = view.model();
    Optional<ModelStatus> old = Optional.ofNullable(model.getStatus());
    List<Condition> conditions = old.map(ModelStatus::conditions).orElse(null);
    List<String> usedBy = view.endpoints().stream().sorted().distinct().toList();
    Judgement ready = judge(view, usedBy, Conditions.standing(conditions, Findings.READY));
    Findings findings = Findings.of(model, conditions, ready, usedBy, view.now());
    ModelReport learned = report(view).or(() -> old.flatMap(ModelPlanner::learned)).orElse(null);
    return new ReferencePlan<>(
        status(model.getMetadata().getGeneration(), findings.conditions(), learned, usedBy),
        findings.events(),
        usedBy.isEmpty());
  }

  private static Judgement judge(
      ModelView view, List<String> usedBy, Optional<Judgement> standing) {
    boolean ready = view.fleets().stream().anyMatch(fleet -> fleet.readyReplicas() > 0);
    if (report(view).isPresent()) {
      return Judgement.yes("Loaded", "a server has loaded and checked it");
    }
    if (ready && view.model().getSpec().image() != null) {
      return Judgement.yes("OwnImage", "is served by its own image, which says that it is ready");
    }
    Optional<ServerFailure> failure =
        view.fleets().stream().flatMap(fleet -> fleet.failures().stream()).findFirst();
    if (failure.isPresent() && !ready) {
      return Judgement.no(failure.get().reason(), failure.get().message());
    }
    return standing
        .filter(old -> old.truth() != Truth.Unknown)
        .orElseGet(() -> notTried(usedBy, ready));
  }

  private static Judgement notTried(List<String> usedBy, boolean ready) {
    if (usedBy.isEmpty()) {
      return Judgement.unknown("NotLoaded", "no server has loaded it yet: no Endpoint runs it");
    }
    String users = "for Endpoint " + String.join(", ", usedBy);
    return ready
        ? Judgement.unknown("NotReported", "a server is ready %s, and is asked".formatted(users))
        : Judgement.unknown("Loading", "no server of it is ready yet %s".formatted(users));
  }

  private static Optional<ModelReport> report(ModelView view) {
    return view.fleets().stream().flatMap(fleet -> fleet.report().stream()).findFirst();
  }

  private static ModelStatus status(
      Long generation, List<Condition> conditions, ModelReport learned, List<String> usedBy) {
    return learned == null
        ? new ModelStatus(generation, conditions, null, null, null, null, null, null, null, usedBy)
        : new ModelStatus(
            generation,
            conditions,
            learned.format(),
            learned.xgboostVersion(),
            learned.objective(),
            learned.numFeatures(),
            learned.numTrees(),
            learned.sizeBytes(),
            learned.sha256(),
            usedBy);
  }

  /** What an earlier report left in status; numFeatures stands for all of it. */
  private static Optional<ModelReport> learned(ModelStatus status) {
    if (status.numFeatures() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelReport(
            status.format(),
            status.xgboostVersion(),
            status.objective(),
            status.numFeatures(),
            Objects.requireNonNullElse(status.numTrees(), 0),
            Objects.requireNonNullElse(status.sizeBytes(), 0L),
            status.sha256()));
  }
}

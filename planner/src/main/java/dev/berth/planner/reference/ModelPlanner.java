package dev.berth.planner.reference;

import dev.berth.api.Condition;
import dev.berth.api.Model;
import dev.berth.api.ModelStatus;
import dev.berth.planner.ObservedFleet.ModelReport;
import dev.berth.planner.PlannedEvent;
import dev.berth.planner.PlannedEvent.Severity;
import dev.berth.planner.ReferencePlan;
import dev.berth.planner.ReferenceView.ModelView;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.condition.Judgement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans a Model: Ready is Unknown until a server has tried it, True once one has loaded it, False
 * once one could not and none can. What a server learned from the file is kept when the last server
 * is gone, because a Model never changes.
 */
public final class ModelPlanner {
  private static final String READY = "Ready";

  private ModelPlanner() {}

  public static ReferencePlan<ModelStatus> plan(ModelView view) {
    Model model = view.model();
    Optional<ModelStatus> old = Optional.ofNullable(model.getStatus());
    List<Condition> oldConditions = old.map(ModelStatus::conditions).orElse(null);
    Long generation = model.getMetadata().getGeneration();
    Judgement ready = judge(view, Conditions.standing(oldConditions, READY));
    Condition condition = new Conditions(oldConditions, generation, view.now()).of(READY, ready);
    ModelReport learned = view.report().or(() -> old.flatMap(ModelPlanner::learned)).orElse(null);
    List<String> usedBy = view.endpoints().stream().sorted().distinct().toList();
    return new ReferencePlan<>(
        status(generation, condition, learned, usedBy),
        events(ready, Conditions.standing(oldConditions, READY)),
        usedBy.isEmpty());
  }

  private static Judgement judge(ModelView view, Optional<Judgement> standing) {
    if (view.report().isPresent()) {
      return Judgement.yes("Loaded", "a server has loaded and checked it");
    }
    if (view.failure().isPresent()) {
      return Judgement.no(view.failure().get().reason(), view.failure().get().message());
    }
    return standing.orElseGet(
        () -> Judgement.unknown("NotLoaded", "no server has loaded it yet: no Endpoint runs it"));
  }

  private static ModelStatus status(
      Long generation, Condition ready, ModelReport learned, List<String> usedBy) {
    List<Condition> conditions = List.of(ready);
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

  private static List<PlannedEvent> events(Judgement ready, Optional<Judgement> standing) {
    boolean changed = standing.map(old -> old.truth() != ready.truth()).orElse(true);
    if (!changed) {
      return List.of();
    }
    return switch (ready.truth()) {
      case True -> List.of(new PlannedEvent(Severity.Normal, ready.reason(), ready.message()));
      case False -> List.of(new PlannedEvent(Severity.Warning, ready.reason(), ready.message()));
      case Unknown -> List.of();
    };
  }
}

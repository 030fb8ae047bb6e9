package dev.berth.planner.reference;

import dev.berth.api.Condition;
import dev.berth.planner.PlannedEvent;
import dev.berth.planner.PlannedEvent.Severity;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.condition.Judgement;
import dev.berth.planner.condition.Judgement.Truth;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is reported of anything that Endpoints refer to: whether it is Ready, and who holds its
 * deletion up. Each is an Event when it changes, and conditions are what remembers that it did.
 */
record Findings(List<Condition> conditions, List<PlannedEvent> events) {
  static final String READY = "Ready";
  static final String DELETION_WAITS = "DeletionWaits";

  /**
   * @param old conditions that stand; null when there are none
   * @param usedBy names of Endpoints, without which a deletion need not wait
   */
  static Findings of(
      HasMetadata resource,
      List<Condition> old,
      Judgement ready,
      List<String> usedBy,
      Instant now) {
    Conditions conditions = new Conditions(old, resource.getMetadata().getGeneration(), now);
    List<Condition> found = new ArrayList<>(List.of(conditions.of(READY, ready)));
    List<PlannedEvent> events = new ArrayList<>();
    changed(Conditions.standing(old, READY), ready).ifPresent(events::add);
    if (resource.getMetadata().getDeletionTimestamp() != null && !usedBy.isEmpty()) {
      String words =
          "is to be deleted, and waits until it is not used any more by Endpoint "
              + String.join(", ", usedBy);
      found.add(conditions.of(DELETION_WAITS, Judgement.yes("InUse", words)));
      if (Conditions.find(old, DELETION_WAITS).isEmpty()) {
        events.add(new PlannedEvent(Severity.Normal, DELETION_WAITS, words));
      }
    }
    return new Findings(List.copyOf(found), List.copyOf(events));
  }

  private static Optional<PlannedEvent> changed(Optional<Judgement> standing, Judgement ready) {
    boolean changed = standing.map(old -> old.truth() != ready.truth()).orElse(true);
    if (!changed || ready.truth() == Truth.Unknown) {
      return Optional.empty();
    }
    Severity severity = ready.isTrue() ? Severity.Normal : Severity.Warning;
    return Optional.of(new PlannedEvent(severity, ready.reason(), ready.message()));
  }
}

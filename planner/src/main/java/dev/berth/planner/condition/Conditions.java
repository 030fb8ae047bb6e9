package dev.berth.planner.condition;

import dev.berth.api.Condition;
import dev.berth.planner.condition.Judgement.Truth;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Turns judgements into conditions.
 *
 * @param previous conditions as last reported; null when nothing was
 * @param generation what is judged
 */
public record Conditions(List<Condition> previous, Long generation, Instant now) {

  /** The condition, with its old transition time if its status is the old one. */
  public Condition of(String type, Judgement judgement) {
    String status = judgement.truth().name();
    String since =
        find(previous, type)
            .filter(old -> status.equals(old.status()))
            .map(Condition::lastTransitionTime)
            .orElseGet(() -> time(now));
    return new Condition(type, status, judgement.reason(), judgement.message(), since, generation);
  }

  /** The judgement that stands, for whoever has nothing new to say. */
  public static Optional<Judgement> standing(List<Condition> conditions, String type) {
    return find(conditions, type)
        .map(c -> new Judgement(Truth.valueOf(c.status()), c.reason(), c.message()));
  }

  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /** RFC 3339 in whole seconds, as Kubernetes writes times. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

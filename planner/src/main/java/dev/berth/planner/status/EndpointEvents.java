package dev.berth.planner.status;

import dev.berth.api.Condition;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.LastFailure;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.api.EndpointStatus.UpdateStatus;
import dev.berth.planner.PlannedEvent;
import dev.berth.planner.PlannedEvent.Severity;
import dev.berth.planner.condition.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Events for what changed between the status that stands and the next: phases and failures. */
public final class EndpointEvents {
  private final Optional<EndpointStatus> before;
  private final EndpointStatus after;
  private final List<PlannedEvent> events = new ArrayList<>();

  private EndpointEvents(Optional<EndpointStatus> before, EndpointStatus after) {
    this.before = before;
    this.after = after;
  }

  public static List<PlannedEvent> between(Optional<EndpointStatus> before, EndpointStatus after) {
    EndpointEvents events = new EndpointEvents(before, after);
    events.failedUpdate();
    events.phase();
    events.rejected();
    events.notServing();
    return List.copyOf(events.events);
  }

  private void failedUpdate() {
    LastFailure failure = after.lastFailure();
    if (failure != null && !Optional.of(failure).equals(before.map(EndpointStatus::lastFailure))) {
      warn(
          "UpdateFailed",
          "EndpointConfig %s: %s: %s"
              .formatted(failure.endpointConfigName(), failure.reason(), failure.message()));
    }
  }

  private void phase() {
    boolean samePhase = before.map(EndpointStatus::phase).equals(Optional.of(after.phase()));
    if (samePhase && !isRedirected()) {
      return;
    }
    switch (after.phase()) {
      case Creating -> say("Creating", "starts " + target());
      case Updating -> say("Updating", "goes over to %s".formatted(target()));
      case InService -> say("InService", "%s serves".formatted(active()));
      case RollingBack -> say("RollingBack", "goes back to %s".formatted(active()));
      case Failed -> warn("CreationFailed", message(EndpointConditions.READY));
      case Deleting -> say("Deleting", "drains and goes");
    }
  }

  /** The same phase for another aim: the mind was changed in the middle. */
  private boolean isRedirected() {
    Optional<String> to = Optional.ofNullable(after.update()).map(UpdateStatus::toRevision);
    Optional<String> was = before.map(EndpointStatus::update).map(UpdateStatus::toRevision);
    return to.isPresent() && was.isPresent() && !to.equals(was);
  }

  private void rejected() {
    after(EndpointConditions.CONFIG_ACCEPTED)
        .filter(accepted -> isFalse(accepted))
        .filter(
            accepted ->
                !before(EndpointConditions.CONFIG_ACCEPTED)
                    .map(Condition::reason)
                    .equals(Optional.of(accepted.reason())))
        .ifPresent(accepted -> warn(accepted.reason(), accepted.message()));
  }

  private void notServing() {
    boolean served =
        before(EndpointConditions.SERVING).filter(c -> c.status().equals("True")).isPresent();
    after(EndpointConditions.SERVING)
        .filter(serving -> served && isFalse(serving) && after.phase() != Phase.Deleting)
        .ifPresent(serving -> warn("NotServing", serving.message()));
  }

  private String target() {
    return after.update() == null ? "nothing yet" : "EndpointConfig " + after.update().to();
  }

  private String active() {
    return "EndpointConfig " + Objects.requireNonNullElse(after.endpointConfigName(), "(unknown)");
  }

  private String message(String type) {
    return after(type).map(Condition::message).orElse("");
  }

  private Optional<Condition> before(String type) {
    return before.flatMap(status -> Conditions.find(status.conditions(), type));
  }

  private Optional<Condition> after(String type) {
    return Conditions.find(after.conditions(), type);
  }

  private static boolean isFalse(Condition condition) {
    return condition.status().equals("False");
  }

  private void say(String reason, String message) {
    events.add(new PlannedEvent(Severity.Normal, reason, message));
  }

  private void warn(String reason, String message) {
    events.add(new PlannedEvent(Severity.Warning, reason, message));
  }
}

package dev.berth.operator.report;

import dev.berth.api.Condition;
import dev.berth.api.EndpointStatus;
import dev.berth.planner.condition.Conditions;
import dev.berth.planner.condition.Judgement;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What keeps the operator from making an Endpoint so: a quota, a missing permission, a field that
 * the API server refuses. It stands as conditions Ready=False and Reconciled=False until a
 * reconcile succeeds, whose status leaves the latter out.
 */
public record Trouble(String reason, String message) {

  private static final String TYPE = "Reconciled";
  private static final String READY = "Ready";
  private static final int LONGEST = 800;

  public static Trouble of(Exception cause) {
    if (cause instanceof KubernetesClientException refused && refused.getStatus() != null) {
      String message = Objects.requireNonNullElse(refused.getStatus().getMessage(), "no message");
      return new Trouble("ApplyFailed", cut("the API server says: " + message));
    }
    return new Trouble(
        "ReconcileFailed", cut(Objects.requireNonNullElse(cause.getMessage(), cause.toString())));
  }

  /** Another writer came first; the next look, in a moment, starts from what it wrote. */
  public static boolean isConflict(Exception cause) {
    return cause instanceof KubernetesClientException refused && refused.getCode() == 409;
  }

  /** Whether a status says so already. */
  public boolean standsIn(EndpointStatus status) {
    return status != null
        && Conditions.find(status.conditions(), TYPE)
            .filter(is -> is.reason().equals(reason) && is.message().equals(message))
            .isPresent();
  }

  /**
   * The status with this trouble in it: whatever else is planned, the Endpoint is not Ready.
   *
   * @param planned null when there is no plan and none stood
   */
  public EndpointStatus in(EndpointStatus planned, Conditions judge) {
    Judgement judgement = Judgement.no(reason, message);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(judge.of(READY, judgement));
    if (planned != null && planned.conditions() != null) {
      planned.conditions().stream()
          .filter(is -> !is.type().equals(READY) && !is.type().equals(TYPE))
          .forEach(conditions::add);
    }
    conditions.add(judge.of(TYPE, judgement));
    return with(planned, conditions);
  }

  private static EndpointStatus with(EndpointStatus old, List<Condition> conditions) {
    return old == null
        ? new EndpointStatus(null, null, null, null, null, null, null, null, null, conditions)
        : new EndpointStatus(
            old.observedGeneration(),
            old.phase(),
            old.url(),
            old.endpointConfigName(),
            old.revision(),
            old.previousEndpointConfigName(),
            old.lastFailure(),
            old.update(),
            old.variants(),
            conditions);
  }

  private static String cut(String message) {
    return message.length() > LONGEST ? message.substring(0, LONGEST) : message;
  }
}

package dev.berth.operator.report;

import dev.berth.api.Condition;
import dev.berth.api.EndpointStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What keeps the operator from making an Endpoint so: a quota, a missing permission, a field that
 * the API server refuses. It stands as condition Reconciled=False until a reconcile succeeds, whose
 * status leaves it out.
 */
public record Trouble(String reason, String message) {

  static final String TYPE = "Reconciled";
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

  /** The status with this trouble in it; empty when it says so already. */
  public Optional<EndpointStatus> in(EndpointStatus status, Long generation, Instant now) {
    List<Condition> conditions = new ArrayList<>();
    String since = now.truncatedTo(ChronoUnit.SECONDS).toString();
    if (status != null && status.conditions() != null) {
      for (Condition condition : status.conditions()) {
        if (!condition.type().equals(TYPE)) {
          conditions.add(condition);
        } else if (condition.reason().equals(reason) && condition.message().equals(message)) {
          return Optional.empty();
        } else {
          since = condition.lastTransitionTime();
        }
      }
    }
    conditions.add(new Condition(TYPE, "False", reason, message, since, generation));
    return Optional.of(with(status, conditions));
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

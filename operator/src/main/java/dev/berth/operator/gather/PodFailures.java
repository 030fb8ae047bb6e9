package dev.berth.operator.gather;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.planner.ObservedFleet.ServerFailure;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why pods do not serve. Texts name no pod and count no attempts, so that the same trouble is the
 * same text at every look.
 */
final class PodFailures {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 500;

  private static final Set<String> PULL =
      Set.of("ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "ImageInspectError");
  private static final Set<String> REFUSED =
      Set.of(
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private PodFailures() {}

  /** A failure and when it happened; RFC 3339 texts in UTC sort by time. */
  private record Dated(String time, ServerFailure failure) {}

  /** Newest first, each text once. */
  static List<ServerFailure> of(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && !ready(pod))
        .flatMap(PodFailures::failures)
        .sorted(
            Comparator.comparing(Dated::time)
                .reversed()
                .thenComparing(dated -> dated.failure().message()))
        .map(Dated::failure)
        .distinct()
        .toList();
  }

  static boolean ready(Pod pod) {
    return condition(pod, "Ready").map(c -> c.getStatus().equals("True")).orElse(false);
  }

  static Optional<ContainerStatus> server(Pod pod) {
    if (pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null) {
      return Optional.empty();
    }
    return pod.getStatus().getContainerStatuses().stream()
        .filter(container -> container.getName().equals("server"))
        .findFirst();
  }

  private static Stream<Dated> failures(Pod pod) {
    String made = Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), "");
    Stream<Dated> unscheduled =
        condition(pod, "PodScheduled")
            .filter(c -> c.getStatus().equals("False") && "Unschedulable".equals(c.getReason()))
            .map(c -> new Dated(made, failure("Unschedulable", c.getMessage())))
            .stream();
    Stream<Dated> ended =
        server(pod).stream()
            .flatMap(
                server ->
                    Stream.concat(
                        waiting(server).map(f -> new Dated(made, f)).stream(),
                        ended(server).stream()));
    return Stream.concat(unscheduled, ended);
  }

  private static Optional<ServerFailure> waiting(ContainerStatus server) {
    ContainerStateWaiting waiting =
        server.getState() == null ? null : server.getState().getWaiting();
    if (waiting == null || waiting.getReason() == null) {
      return Optional.empty();
    }
    if (PULL.contains(waiting.getReason())) {
      return Optional.of(
          failure(
              "ImagePullFailed",
              "image \"%s\" cannot be pulled: does it exist, and may this node pull it?"
                  .formatted(server.getImage())));
    }
    return REFUSED.contains(waiting.getReason())
        ? Optional.of(failure(waiting.getReason(), waiting.getMessage()))
        : Optional.empty();
  }

  /** How the process ended last; a crash loop says no more than that. */
  private static Optional<Dated> ended(ContainerStatus server) {
    return Stream.of(server.getState(), server.getLastState())
        .filter(Objects::nonNull)
        .map(state -> state.getTerminated())
        .filter(Objects::nonNull)
        .filter(terminated -> terminated.getExitCode() != 0)
        .findFirst()
        .map(
            terminated ->
                new Dated(
                    Objects.requireNonNullElse(terminated.getFinishedAt(), ""), said(terminated)));
  }

  private static ServerFailure said(ContainerStateTerminated terminated) {
    if ("OOMKilled".equals(terminated.getReason())) {
      return failure(
          "OutOfMemory",
          "the kernel ended the server for want of memory; give the variant a larger memory limit");
    }
    String text = Objects.requireNonNullElse(terminated.getMessage(), "").strip();
    return structured(text)
        .orElseGet(
            () ->
                failure(
                    "Crashed",
                    "the server's process ended with exit code %d%s"
                        .formatted(terminated.getExitCode(), lastLine(text))));
  }

  /** What Berth's server writes when it gives up. */
  private static Optional<ServerFailure> structured(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode said = JSON.readTree(text);
      return said.hasNonNull("reason")
          ? Optional.of(
              new ServerFailure(
                  said.get("reason").asText(),
                  said.path("message").asText(),
                  said.path("permanent").asBoolean()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      // A foreign image may write what it likes, and Kubernetes may have cut ours.
      return Optional.empty();
    }
  }

  private static String lastLine(String text) {
    String line = text.substring(text.lastIndexOf('\n') + 1);
    return line.isEmpty() ? "" : ": " + line;
  }

  private static ServerFailure failure(String reason, String message) {
    String text = Objects.requireNonNullElse(message, reason);
    return new ServerFailure(
        reason, text.length() > LONGEST ? text.substring(0, LONGEST) : text, false);
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst();
  }
}

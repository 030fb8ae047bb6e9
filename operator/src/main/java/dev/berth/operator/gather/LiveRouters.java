package dev.berth.operator.gather;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Routers that may carry traffic: those whose process runs, ready or not, for a connection outlives
 * readiness; and those that are going, until their grace is over, for then their node has ended
 * them or is lost.
 */
final class LiveRouters {

  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

  private LiveRouters() {}

  static Set<String> of(List<Pod> pods, Instant now) {
    Set<String> names = new TreeSet<>();
    for (Pod pod : pods) {
      if (runs(pod) && !overdue(pod, now)) {
        names.add(pod.getMetadata().getName());
      }
    }
    return names;
  }

  /** Those that their Service leads to, and since when. */
  static Map<String, Instant> readySince(List<Pod> pods) {
    Map<String, Instant> ready = new TreeMap<>();
    for (Pod pod : pods) {
      if (PodFailures.ready(pod) && !pod.isMarkedForDeletion()) {
        ready.put(pod.getMetadata().getName(), since(pod));
      }
    }
    return ready;
  }

  private static Instant since(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .map(condition -> condition.getLastTransitionTime())
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  private static boolean runs(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getContainerStatuses() != null
        && pod.getStatus().getContainerStatuses().stream().anyMatch(LiveRouters::runs);
  }

  private static boolean runs(ContainerStatus container) {
    return container.getName().equals("router")
        && container.getState() != null
        && container.getState().getRunning() != null;
  }

  /** A pod's deletionTimestamp is when its grace ends, not when its deletion was asked for. */
  private static boolean overdue(Pod pod, Instant now) {
    String end = pod.getMetadata().getDeletionTimestamp();
    return end != null && now.isAfter(Instant.parse(end).plus(CLOCKS_DIFFER));
  }
}

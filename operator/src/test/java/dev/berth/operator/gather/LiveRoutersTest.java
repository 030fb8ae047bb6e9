package dev.berth.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveRoutersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final ContainerState RUNNING =
      new ContainerStateBuilder().withNewRunning("2026-01-01T08:00:00Z").build();
  private static final ContainerState WAITING =
      new ContainerStateBuilder().withNewWaiting("", "CrashLoopBackOff").build();

  @Test
  void whatRunsMayCarryTrafficReadyOrNot() {
    assertThat(LiveRouters.of(List.of(pod("a", RUNNING, null), pod("b", WAITING, null)), NOW))
        .containsExactly("a");
  }

  @Test
  void whatIsGoingMayCarryTrafficUntilItsGraceIsOver() {
    Pod going = pod("going", RUNNING, "2026-01-01T12:01:00Z");
    Pod lost = pod("lost", RUNNING, "2026-01-01T11:50:00Z");

    assertThat(LiveRouters.of(List.of(going, lost), NOW)).containsExactly("going");
  }

  @Test
  void clientsAreLedToWhatIsReadyAndNotGoing() {
    Pod starting = pod("starting", RUNNING, null);
    Pod ready = ready(pod("ready", RUNNING, null));
    Pod going = ready(pod("going", RUNNING, "2026-01-01T12:01:00Z"));

    assertThat(LiveRouters.readySince(List.of(starting, ready, going)))
        .containsExactly(Map.entry("ready", Instant.parse("2026-01-01T11:59:58Z")));
  }

  private static Pod ready(Pod pod) {
    return new PodBuilder(pod)
        .editStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withLastTransitionTime("2026-01-01T11:59:58Z")
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod pod(String name, ContainerState state, String deletion) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withDeletionTimestamp(deletion)
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("router")
        .withState(state)
        .endContainerStatus()
        .endStatus()
        .build();
  }
}

package dev.berth.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
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

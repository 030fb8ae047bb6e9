package dev.berth.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.planner.ObservedFleet.ServerFailure;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodFailuresTest {

  @Test
  void theServersOwnWordsAreTaken() {
    String said =
        "{\"model\":\"boston-v2\",\"reason\":\"ChecksumMismatch\",\"message\":\"sha256 is ab,"
            + " not cd\",\"permanent\":true}";

    assertThat(PodFailures.of(List.of(pod(waiting("CrashLoopBackOff"), ended(3, said, "08:00")))))
        .containsExactly(new ServerFailure("ChecksumMismatch", "sha256 is ab, not cd", true));
  }

  @Test
  void aCrashShowsItsLastLine() {
    Pod pod = pod(waiting("CrashLoopBackOff"), ended(1, "a trace\nError: no such class", "08:00"));

    assertThat(PodFailures.of(List.of(pod)))
        .containsExactly(
            new ServerFailure(
                "Crashed",
                "the server's process ended with exit code 1: Error: no such class",
                false));
  }

  @Test
  void theNewestComesFirstAndTheSameOnlyOnce() {
    Pod old = pod(waiting("CrashLoopBackOff"), ended(1, "", "08:00"));
    Pod older = pod(waiting("CrashLoopBackOff"), ended(1, "", "07:00"));
    Pod newest = pod(waiting("CrashLoopBackOff"), ended(2, "", "09:00"));

    assertThat(PodFailures.of(List.of(old, older, newest)))
        .extracting(ServerFailure::message)
        .containsExactly(
            "the server's process ended with exit code 2",
            "the server's process ended with exit code 1");
  }

  @Test
  void anImageThatIsNotThereIsOneTextInBothOfItsStates() {
    assertThat(
            PodFailures.of(
                List.of(
                    pod(waiting("ErrImagePull"), new ContainerState()),
                    pod(waiting("ImagePullBackOff"), new ContainerState()))))
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo("ImagePullFailed"))
        .satisfies(failure -> assertThat(failure.message()).contains("registry/server:1"));
  }

  @Test
  void wantOfMemoryIsNamed() {
    ContainerState killed = ended(137, "", "08:00");
    killed.getTerminated().setReason("OOMKilled");

    assertThat(PodFailures.of(List.of(pod(waiting("CrashLoopBackOff"), killed))))
        .extracting(ServerFailure::reason)
        .containsExactly("OutOfMemory");
  }

  @Test
  void aPodWithoutANodeSaysWhy() {
    Pod pod =
        new PodBuilder(pod(new ContainerState(), new ContainerState()))
            .editStatus()
            .withContainerStatuses()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
            .endCondition()
            .endStatus()
            .build();

    assertThat(PodFailures.of(List.of(pod)))
        .containsExactly(
            new ServerFailure(
                "Unschedulable", "0/1 nodes are available: 1 Insufficient cpu.", false));
  }

  @Test
  void aPodThatIsReadyOrGoingHasNoFailure() {
    Pod failed = pod(waiting("CrashLoopBackOff"), ended(1, "", "08:00"));
    Pod healed =
        new PodBuilder(failed)
            .editStatus()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();
    Pod going =
        new PodBuilder(failed)
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T09:00:00Z")
            .endMetadata()
            .build();

    assertThat(PodFailures.of(List.of(healed, going))).isEmpty();
  }

  private static Pod pod(ContainerState now, ContainerState before) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .withCreationTimestamp("2026-01-01T06:00:00Z")
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("server")
        .withImage("registry/server:1")
        .withState(now)
        .withLastState(before)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static ContainerState waiting(String reason) {
    return new ContainerStateBuilder().withNewWaiting("back-off 40s", reason).build();
  }

  private static ContainerState ended(int code, String message, String time) {
    return new ContainerStateBuilder()
        .withTerminated(
            new ContainerStateTerminatedBuilder()
                .withExitCode(code)
                .withMessage(message)
                .withFinishedAt("2026-01-01T" + time + ":00Z")
                .build())
        .build();
  }
}

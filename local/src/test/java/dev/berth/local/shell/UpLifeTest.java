package dev.berth.local.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From start to end of a shell, whatever its end is. */
@Timeout(300)
class UpLifeTest {
  @TempDir private Path temporary;

  @Test
  void shellLeavesNoProcessWhetherKilledOrTerminatedAndItsNextLifeCarriesOn() throws Exception {
    HousingFolder.in(temporary);
    String uid;
    try (RunningShell shell = RunningShell.start(temporary, "--port=0")) {
      shell.awaitInService("housing", "boston-v1");
      uid = shell.resource("endpoint", "housing").path("metadata").path("uid").asText();
      Set<ProcessHandle> children = shell.process().descendants().collect(Collectors.toSet());
      assertThat(children).hasSizeGreaterThanOrEqualTo(3);
      shell.process().destroyForcibly();
      Await.until("no child is left", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
    try (RunningShell shell = RunningShell.start(temporary, "--port=0")) {
      Await.until("new servers are there", () -> shell.modelServers().size() == 2);
      shell.awaitOutput("4.98'");
      assertThat(answerTo(shell.curlLine())).matches("24\\.33[0-9]*");
      assertThat(shell.resource("endpoint", "housing").path("metadata").path("uid").asText())
          .isEqualTo(uid);
      Set<ProcessHandle> children = shell.process().descendants().collect(Collectors.toSet());
      assertThat(children).hasSizeGreaterThanOrEqualTo(3);
      shell.terminate();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void editsAreTakenOrExplained() throws Exception {
    HousingFolder folder = HousingFolder.in(temporary);
    RunningShell shell = RunningShell.start(temporary, "--port=0");
    try (shell) {
      shell.awaitInService("housing", "boston-v1");

      folder.edit("endpoint.yaml", "endpointConfigName", "endpointConfgName");
      shell.awaitOutput("endpoint.yaml: Endpoint housing: spec");
      folder.edit("endpoint.yaml", "spec:", "spec: [");
      shell.awaitOutput("endpoint.yaml: line");
      assertThat(SteadyClient.once(shell.port()).statusCode()).isEqualTo(200);
      folder.edit("endpoint.yaml", "spec: [", "spec:");
      folder.edit("endpoint.yaml", "endpointConfgName", "endpointConfigName");
      shell.awaitOutput("all manifests are taken again");

      folder.edit("models.yaml", "sha256: a", "sha256: b");
      shell.awaitOutput("models.yaml: Model boston-v1: spec: the spec of a Model never changes");
      folder.edit("models.yaml", "sha256: b", "sha256: a");

      folder.write("second.yaml", second());
      shell.awaitInService("second", "boston-v2");
      folder.delete("models.yaml");
      shell.awaitOutput("Model boston-v1  DeletionWaits: ");
      assertThat(SteadyClient.once(shell.port()).statusCode()).isEqualTo(200);

      folder.delete("second.yaml");
      shell.awaitOutput("Endpoint second  removed");
      folder.delete("endpoint.yaml");
      shell.awaitOutput("Endpoint housing  removed");
      Await.until("its servers are gone", () -> shell.modelServers().isEmpty());
      shell.awaitOutput("Model boston-v1  removed");
    }
  }

  @Test
  void takenPortIsSaid() throws Exception {
    HousingFolder.in(temporary);
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningShell shell = RunningShell.start(temporary, "--port=" + other.getLocalPort())) {
      shell.awaitOutput("port " + other.getLocalPort() + " is in use by another program");
      assertThat(shell.process().waitFor()).isEqualTo(1);
    }
  }

  /** What a person sees who pastes the line. */
  private static String answerTo(String line) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
    String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(answer).isZero();
    return answer.strip();
  }

  private static String second() {
    return """
        apiVersion: berth.dev/v1alpha1
        kind: Endpoint
        metadata: {name: second}
        spec:
          endpointConfigName: boston-v2
          update: {blueGreen: {terminationWaitSeconds: 0}}
        """;
  }
}

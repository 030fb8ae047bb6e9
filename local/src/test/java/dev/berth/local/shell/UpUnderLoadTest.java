package dev.berth.local.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients of a laptop's Endpoint see while models change and processes die: answers. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class UpUnderLoadTest {
  private static final String V1 = "24.33";
  private static final String V2 = "24.42";

  private HousingFolder folder;
  private RunningShell shell;

  @BeforeAll
  void up(@TempDir Path temporary) throws Exception {
    folder = HousingFolder.in(temporary);
    shell = RunningShell.start(temporary, "--port=0");
    shell.awaitInService("housing", "boston-v1");
  }

  @AfterAll
  void down() throws Exception {
    shell.close();
  }

  @Test
  void switchingThereAndBackLosesNothingAndMixesNothing() throws Exception {
    try (SteadyClient client = SteadyClient.start(shell.port())) {
      client.awaitAnswers(200);
      folder.serve("boston-v1", "boston-v2");
      shell.awaitInService("housing", "boston-v2");
      long second = System.nanoTime();
      client.awaitAnswers(200);
      List<String> afterFirst = client.bodiesSince(second);
      folder.serve("boston-v2", "boston-v1");
      shell.awaitInService("housing", "boston-v1");
      long first = System.nanoTime();
      client.awaitAnswers(200);

      assertThat(client.failures()).isEmpty();
      assertThat(afterFirst).singleElement().asString().startsWith(V2);
      assertThat(client.bodiesSince(first)).singleElement().asString().startsWith(V1);
      assertThat(client.answers())
          .allMatch(a -> a.body().startsWith(V1) || a.body().startsWith(V2));
    }
  }

  @Test
  void killedModelServerIsReplacedAndNobodyNotices() throws Exception {
    Set<ProcessHandle> before = shell.modelServers();
    ProcessHandle victim = before.iterator().next();
    try (SteadyClient client = SteadyClient.start(shell.port())) {
      client.awaitAnswers(200);
      victim.destroyForcibly();
      Await.until("it is gone", () -> !victim.isAlive());
      Await.until(
          "another takes its place",
          () -> shell.modelServers().size() == before.size() && readyReplicas() == before.size());
      // Long enough for the new one to be loaded, and to take its share.
      client.awaitAnswers(10_000);
      assertThat(client.failures()).isEmpty();
    }
    assertThat(shell.modelServers()).doesNotContain(victim);
  }

  @Test
  void killedRouterComesBackOnItsPort() throws Exception {
    int port = shell.port();
    ProcessHandle router = shell.routers().iterator().next();
    router.destroyForcibly();
    Await.until("it is gone", () -> !router.isAlive());
    Await.until("it answers again", () -> answers(port));
    assertThat(shell.port()).isEqualTo(port);
    assertThat(shell.routers()).doesNotContain(router);
  }

  @Test
  void wrongChecksumNeverTakesTrafficAndStatusNamesTheModel() throws Exception {
    folder.addModel("damaged", "sha256: a", "sha256: b");
    assertRefused("damaged", "ChecksumMismatch");
  }

  @Test
  void failingGoldenRecordNeverTakesTrafficAndStatusNamesTheModel() throws Exception {
    folder.addModel("wrong", "expect: \"24.", "expect: \"23.");
    assertRefused("wrong", "GoldenRecordFailed");
  }

  private void assertRefused(String model, String reason) throws Exception {
    try (SteadyClient client = SteadyClient.start(shell.port())) {
      folder.serve("boston-v1", model);
      Await.until(
          model + " is given up",
          () ->
              failure().path("reason").asText().equals(reason)
                  && failure().path("endpointConfigName").asText().equals(model));
      client.awaitAnswers(50);
      assertThat(client.failures()).isEmpty();
      assertThat(client.bodiesSince(client.answers().getFirst().sentNanos()))
          .allMatch(body -> body.startsWith(V1));
    }
    assertThat(failure().path("message").asText()).contains(model);
    JsonNode status = shell.resource("endpoint", "housing").path("status");
    assertThat(status.path("endpointConfigName").asText()).isEqualTo("boston-v1");
    folder.serve(model, "boston-v1");
    shell.awaitInService("housing", "boston-v1");
    folder.delete(model + ".yaml");
    Await.until(model + " is gone", () -> shell.resource("model", model).isMissingNode());
  }

  private JsonNode failure() throws Exception {
    return shell.resource("endpoint", "housing").path("status").path("lastFailure");
  }

  private int readyReplicas() throws Exception {
    return shell
        .resource("endpoint", "housing")
        .path("status")
        .path("variants")
        .path(0)
        .path("readyReplicas")
        .asInt();
  }

  private static boolean answers(int port) throws InterruptedException {
    try {
      return SteadyClient.once(port).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }
}

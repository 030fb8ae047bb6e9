package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.EndpointStatus;
import dev.berth.e2e.load.LoadClient;
import dev.berth.e2e.load.LoadReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job: manifests in, answers out, a new model with no request lost. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class SwitchTest {

  @Test
  void thereAndBackUnderLoad(Release release) {
    try (Story story = new Story(release, Scene.SWITCH)) {
      Instant applied = Instant.now();
      story.applyHousing();
      story.awaitInService("housing", "boston-v1");
      tell(
          "apply to InService took " + Duration.between(applied, Instant.now()).toMillis() + " ms");
      String v1 = story.answer("housing");

      try (LoadClient client = story.load("housing", 8);
          GrpcLoad grpc = story.grpcLoad("housing", 2);
          Watching watching = Watching.of(story, "housing")) {
        Story.awaitMore(client, 500);
        story.pointAt("housing", "boston-v2");
        story.awaitInService("housing", "boston-v2");
        Instant reported = Instant.now();
        Story.awaitMore(client, 500);
        LoadReport there = client.report();
        assertThat(there.answers()).as(there.toString()).hasSize(2);
        String v2 =
            there.answers().keySet().stream().filter(a -> !a.equals(v1)).findFirst().orElseThrow();
        assertThat(there.strangersAfter(reported, v2)).isEmpty();

        story.pointAt("housing", "boston-v1");
        story.awaitInService("housing", "boston-v1");
        Instant back = Instant.now();
        Story.awaitMore(client, 500);
        LoadReport report = client.stop();
        tell("v1 -> v2 -> v1: " + report);
        assertThat(report.failed()).as(report.toString()).isZero();
        assertThat(report.answers()).containsOnlyKeys(v1, v2);
        assertThat(report.strangersAfter(back, v1)).isEmpty();
        tell("meanwhile over gRPC: " + grpc.answered() + " answers " + grpc.answers());
        assertThat(grpc.failures()).isEmpty();
        assertThat(grpc.answers()).hasSize(2);
        assertTellsTheStory(watching.lines());
      }
    }
  }

  /** {@code kubectl get endpoint -w} shows every step, there and back. */
  private static void assertTellsTheStory(List<String> lines) {
    lines.forEach(SwitchTest::tell);
    String update =
        "Updating .*%1$s.* Provisioning .*\n(.*\n)*?.*Updating .* Shifting .*\n(.*\n)*?";
    String end = ".*Updating .* Baking .*\n(.*\n)*?.*Updating .*%2$s.* Terminating .*\n(.*\n)*?";
    String there = (update + end).formatted("boston-v1", "boston-v2");
    String back = (update + end).formatted("boston-v2", "boston-v1");
    String rest = ".*InService +True +%s.*\n(.*\n)*?.*";
    assertThat(String.join("\n", lines) + "\n")
        .containsPattern(
            rest.formatted("boston-v1")
                + there
                + rest.formatted("boston-v2")
                + back
                + rest.formatted("boston-v1"));
  }

  @Test
  void aNewWeightAndSizeActWithoutANewFleet(Release release) {
    try (Story story = new Story(release, Scene.WEIGHTS)) {
      story.applyHousing();
      story.apply(Manifests.twoVariants("both", 1, 0));
      story.apply(Manifests.endpoint("split", "both"));
      EndpointStatus before = story.awaitInService("split", "both");
      String pods = podNames(story);
      try (LoadClient client = story.load("split", 4)) {
        Story.awaitMore(client, 200);
        assertThat(client.report().answers()).hasSize(1);
        story.kubectl(
            "patch",
            "endpoints.berth.dev",
            "split",
            "--type=merge",
            "--patch",
            "{\"spec\":{\"variants\":[{\"name\":\"challenger\",\"weight\":1}]}}");
        Waiting.until(
            "answers of both variants",
            Duration.ofSeconds(30),
            client::report,
            report -> report.answers().size() == 2);
        LoadReport report = client.stop();
        assertThat(report.failed()).as(report.toString()).isZero();
      }
      assertThat(story.awaitInService("split", "both").revision()).isEqualTo(before.revision());
      assertThat(podNames(story)).isEqualTo(pods);
      resizes(story);
      assertThat(podNames(story).lines()).containsAll(pods.lines().toList());
    }
  }

  private static void resizes(Story story) {
    story.kubectl(
        "patch",
        "endpoints.berth.dev",
        "split",
        "--type=merge",
        "--patch",
        "{\"spec\":{\"variants\":[{\"name\":\"challenger\",\"weight\":1,\"replicas\":2}]}}");
    EndpointStatus resized =
        story.awaitStatus(
            "two replicas of the challenger",
            "split",
            seen ->
                seen.variants().stream()
                    .anyMatch(v -> v.name().equals("challenger") && v.readyReplicas() == 2));
    assertThat(resized.phase()).isEqualTo(EndpointStatus.Phase.InService);
  }

  private static String podNames(Story story) {
    return story.kubectl("get", "pods", "-l", "berth.dev/endpoint=split", "-o", "name");
  }

  private static void tell(String line) {
    System.out.println("cluster: " + line);
  }
}

package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.load.LoadClient;
import dev.berth.e2e.load.LoadReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Any part may go at any moment, and no client sees it. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class LostPartsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void aRouterIsDeleted(Release release) {
    try (Story story = housing(release, Scene.LOST_ROUTER)) {
      replaceOneOf(story, "router");
    }
  }

  @Test
  void aModelServerIsDeleted(Release release) {
    try (Story story = housing(release, Scene.LOST_SERVER)) {
      replaceOneOf(story, "model-server");
    }
  }

  /** The only model server too: its replacement is there before it stops answering. */
  private static void replaceOneOf(Story story, String component) {
    try (LoadClient client = story.load("housing", 8)) {
      Story.awaitMore(client, 300);
      List<Pod> before = story.readyPods("berth.dev/component", component);
      Pod lost = before.getFirst();
      story.client().resource(lost).delete();
      Waiting.until(
          "a replacement for " + lost.getMetadata().getName(),
          PATIENCE,
          () -> story.readyPods("berth.dev/component", component).size() == before.size());
      Waiting.until(
          lost.getMetadata().getName() + " is gone",
          PATIENCE,
          () -> story.client().resource(lost).get() == null);
      Story.awaitMore(client, 300);
      assertNothingLost(client.stop());
    }
  }

  @Test
  void theOperatorIsKilledInTheMiddleOfASwitch(Release release) {
    try (Story story = housing(release, Scene.LOST_OPERATOR);
        LoadClient client = story.load("housing", 8)) {
      Story.awaitMore(client, 300);
      story.pointAt("housing", "boston-v2");
      story.awaitStatus("an update under way", "housing", seen -> seen.update() != null);
      release.killOperator();
      story.awaitInService("housing", "boston-v2");
      Instant reported = Instant.now();
      Story.awaitMore(client, 300);
      LoadReport report = client.stop();
      assertNothingLost(report);
      assertThat(report.strangersAfter(reported, story.answer("housing"))).isEmpty();
    }
  }

  @Test
  void theLeadingOperatorIsKilledAndTheOneThatStoodByGoesOn(Release release) {
    try (Story story = housing(release, Scene.LOST_LEADER);
        LoadClient client = story.load("housing", 8)) {
      release.runOperators(2);
      story.pointAt("housing", "boston-v2");
      story.awaitStatus("an update under way", "housing", seen -> seen.update() != null);
      String killed = release.killLeader();
      story.awaitInService("housing", "boston-v2");
      assertThat(release.leader()).isNotEqualTo(killed);
      assertNothingLost(client.stop());
    } finally {
      release.runOperators(1);
    }
  }

  @Test
  void theApiServerRestartsInTheMiddleOfASwitch(Release release) {
    try (Story story = housing(release, Scene.LOST_API_SERVER);
        LoadClient client = story.load("housing", 8)) {
      Story.awaitMore(client, 300);
      story.pointAt("housing", "boston-v2");
      story.awaitStatus("an update under way", "housing", seen -> seen.update() != null);
      release.restartApiServer();
      story.awaitInService("housing", "boston-v2");
      Story.awaitMore(client, 300);
      assertNothingLost(client.stop());
    }
  }

  private static Story housing(Release release, Scene scene) {
    Story story = new Story(release, scene);
    story.applyHousing();
    story.awaitInService("housing", "boston-v1");
    return story;
  }

  private static void assertNothingLost(LoadReport report) {
    System.out.println("cluster: " + report);
    assertThat(report.failed()).as(report.toString()).isZero();
  }
}

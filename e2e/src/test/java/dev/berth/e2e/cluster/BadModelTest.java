package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.api.ModelSpec;
import dev.berth.e2e.load.LoadClient;
import dev.berth.e2e.load.LoadReport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bad model never takes traffic: the old one serves on and status names the culprit. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class BadModelTest {

  @Test
  void anotherFileThanItsChecksumSays(Release release) {
    givesUp(
        new Story(release, Scene.BAD_CHECKSUM),
        good -> Manifests.withArtifact(good, good.artifact().uri(), "0".repeat(64)),
        "ChecksumMismatch");
  }

  @Test
  void anotherAnswerThanItsGoldenRecord(Release release) {
    givesUp(
        new Story(release, Scene.BAD_ANSWER),
        good -> Manifests.withGoldenAnswer(good, "-1"),
        "GoldenRecordFailed");
  }

  @Test
  void aFileThatIsNotThere(Release release) {
    givesUp(
        new Story(release, Scene.NO_FILE),
        good -> Manifests.withArtifact(good, good.artifact().uri() + ".not", null),
        "ArtifactNotFound");
  }

  @Test
  void anImageThatCrashes(Release release) {
    String crashes =
        "%s/berth-operator:%s"
            .formatted(
                System.getProperty("berth.e2e.images", "localhost"),
                System.getProperty("berth.e2e.tag", "dev"));
    givesUp(new Story(release, Scene.CRASH), good -> Manifests.withImage(good, crashes), "");
  }

  private static void givesUp(Story opened, UnaryOperator<ModelSpec> damage, String reason) {
    try (Story story = opened) {
      story.applyHousing();
      story.awaitInService("housing", "boston-v1");
      String v1 = story.answer("housing");
      Manifests.damagedModel(story, "bad", damage);
      story.apply(Manifests.config("bad", "bad", 60));
      try (LoadClient client = story.load("housing", 2)) {
        story.pointAt("housing", "bad");
        EndpointStatus status =
            story.awaitStatus(
                "an update that is given up",
                "housing",
                seen -> seen.phase() == Phase.InService && seen.lastFailure() != null);
        Story.awaitMore(client, 100);
        LoadReport report = client.stop();
        System.out.println("cluster: " + status.lastFailure());
        assertThat(status.endpointConfigName()).isEqualTo("boston-v1");
        assertThat(status.lastFailure().endpointConfigName()).isEqualTo("bad");
        assertThat(status.lastFailure().message()).contains("bad");
        assertThat(status.lastFailure().reason()).contains(reason);
        assertThat(report.failed()).as(report.toString()).isZero();
        assertThat(report.answers()).containsOnlyKeys(v1);
      }
      story.pointAt("housing", "boston-v2");
      EndpointStatus healed = story.awaitInService("housing", "boston-v2");
      assertThat(healed.lastFailure()).isNull();
    }
  }

  /** There is no old fleet to go back to: the Endpoint says why and heals. */
  @Test
  void theFirstModelIsBad(Release release) {
    try (Story story = new Story(release, Scene.BAD_FIRST)) {
      story.applyHousing();
      story.awaitInService("housing", "boston-v1");
      Manifests.damagedModel(story, "bad", good -> Manifests.withGoldenAnswer(good, "-1"));
      story.apply(Manifests.config("bad", "bad", 60));
      story.apply(Manifests.endpoint("first", "bad"));
      EndpointStatus status =
          story.awaitStatus(
              "a failure that is told", "first", seen -> seen.phase() == Phase.Failed);
      assertThat(status.toString()).contains("GoldenRecordFailed").contains("bad");
      story.pointAt("first", "boston-v2");
      story.awaitInService("first", "boston-v2");
    }
  }
}

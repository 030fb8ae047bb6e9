package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.load.LoadClient;
import dev.berth.e2e.load.LoadReport;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The autoscaler owns the replicas of a fleet that it scales, and a switch keeps its word. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class AutoscalingTest {
  private static final Duration METRICS_AND_A_LOOK = Duration.ofMinutes(4);

  @Test
  void cpuScalesAndNobodyFightsIt(Release release) {
    try (Story story = new Story(release, Scene.AUTOSCALING)) {
      story.applyHousing();
      story.apply(Manifests.scaled("scaled"));
      story.apply(Manifests.endpoint("busy", "scaled"));
      story.awaitInService("busy", "scaled");
      String rows = (Story.HOUSE + "\n").repeat(500);
      try (LoadClient client = story.load("busy", 4, rows)) {
        Waiting.until(
            "more replicas", METRICS_AND_A_LOOK, () -> fleet(story).getSpec().getReplicas() > 1);
        Waiting.until(
            "that are ready",
            METRICS_AND_A_LOOK,
            () -> story.readyPods("berth.dev/endpoint", "busy").size() > 1);
        release.killOperator();
        release.awaitOperator();
        story.apply(Manifests.endpoint("probe", "nothing"));
        story.awaitStatus("the new operator's word", "probe", seen -> !seen.conditions().isEmpty());
        assertThat(fleet(story).getSpec().getReplicas()).isGreaterThan(1);
        LoadReport report = client.stop();
        assertThat(report.failed()).as(report.toString()).isZero();
      }
    }
  }

  private static Deployment fleet(Story story) {
    List<Deployment> fleets =
        story
            .client()
            .apps()
            .deployments()
            .inNamespace(story.namespace())
            .withLabel("berth.dev/endpoint", "busy")
            .list()
            .getItems();
    assertThat(fleets).hasSize(1);
    return fleets.getFirst();
  }
}

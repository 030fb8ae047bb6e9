package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An unchanged world gets no writes. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class SteadyStateTest {
  private static final String MANAGED = "app.kubernetes.io/managed-by=berth";
  private static final String OURS =
      "endpoints.berth.dev,endpointconfigs.berth.dev,models.berth.dev,endpointroutes.berth.dev,"
          + "deployments,services,configmaps,poddisruptionbudgets,horizontalpodautoscalers,"
          + "serviceaccounts,roles,rolebindings";

  /** A new operator looks at everything again; its word on a changed Endpoint says that it did. */
  @Test
  void aSecondLookWritesNothing(Release release) {
    try (Story story = new Story(release, Scene.STILL)) {
      story.applyHousing();
      story.apply(Manifests.endpoint("probe", "nothing"));
      story.awaitInService("housing", "boston-v1");
      story.awaitStatus("a word on the probe", "probe", seen -> !seen.conditions().isEmpty());
      awaitControllers(story);
      String before = versions(story);
      for (int round = 0; round < 2; round++) {
        release.killOperator();
        release.awaitOperator();
        story.pointAt("probe", "nothing-" + round);
        story.awaitStatus("the new operator's word", "probe", seen -> seen.conditions() != null);
      }
      assertThat(versions(story)).isEqualTo(before);
    }
  }

  /**
   * In service needs one router; the controllers go on writing status until the last pod is there.
   */
  private static void awaitControllers(Story story) {
    String patience = "--timeout=120s";
    story.kubectl("rollout", "status", "deployment", "--selector=" + MANAGED, patience);
    story.kubectl(
        "wait",
        "--for=jsonpath={.status.currentHealthy}=2",
        "pdb",
        "--selector=" + MANAGED,
        patience);
  }

  private static String versions(Story story) {
    return story
        .kubectl(
            "get",
            OURS,
            "-o",
            "jsonpath={range .items[*]}{.kind}/{.metadata.name}@{.metadata.resourceVersion}{'\\n'}{end}")
        .lines()
        .filter(line -> !line.startsWith("Endpoint/probe@"))
        .collect(Collectors.joining("\n"));
  }
}

package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Resources come and go in any order, and names may belong to somebody else. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class ReferencesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void whatIsMissingIsNamedAndHealsWhenItComes(Release release) {
    try (Story story = new Story(release, Scene.LATE_REFERENCES)) {
      story.apply(Manifests.endpoint("early", "boston-v1"));
      EndpointStatus waiting = awaitReason(story, "early", "boston-v1");
      assertThat(waiting.phase()).isNotEqualTo(Phase.InService);
      story.apply(Manifests.config("later", Manifests.V1, 60));
      story.pointAt("early", "later");
      awaitReason(story, "early", Manifests.V1);
      story.applyHousing();
      story.awaitInService("early", "later");
    }
  }

  private static EndpointStatus awaitReason(Story story, String endpoint, String missing) {
    return story.awaitStatus(
        missing + " is named as missing",
        endpoint,
        seen -> seen.conditions().stream().anyMatch(c -> names(c.message(), missing)));
  }

  private static boolean names(String message, String missing) {
    return message != null && message.contains(missing);
  }

  @Test
  void whatIsInUseStaysUntilNobodyUsesIt(Release release) {
    try (Story story = new Story(release, Scene.IN_USE)) {
      story.applyHousing();
      story.awaitInService("housing", "boston-v1");
      story.kubectl("delete", "models.berth.dev", Manifests.V1, "--wait=false");
      story.kubectl("delete", "endpointconfigs.berth.dev", "boston-v1", "--wait=false");
      story.answer("housing");
      story.kubectl("delete", "endpoints.berth.dev", "housing", "--wait", "--timeout=120s");
      Waiting.until(
          "the Model and the EndpointConfig are gone",
          PATIENCE,
          () ->
              story
                  .kubectl("get", "models.berth.dev,endpointconfigs.berth.dev", "-o", "name")
                  .lines()
                  .noneMatch(name -> name.endsWith("-v1")));
      assertThat(ours(story)).isEmpty();
    }
  }

  @Test
  void aNameThatBelongsToSomebodyElseIsLeftAlone(Release release) {
    try (Story story = new Story(release, Scene.NAME_TAKEN)) {
      story.apply(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: housing, labels: {team: strangers}}
          spec: {ports: [{port: 4711}]}
          """);
      story.applyHousing();
      story.awaitStatus(
          "NameTaken",
          "housing",
          seen -> seen.conditions().stream().anyMatch(c -> "NameTaken".equals(c.reason())));
      assertThat(story.kubectl("get", "service", "housing", "-o", "jsonpath={.spec.ports[*].port}"))
          .isEqualTo("4711");
      story.kubectl("delete", "service", "housing");
      story.awaitInService("housing", "boston-v1");
      story.answer("housing");
    }
  }

  private static List<String> ours(Story story) {
    return story
        .kubectl(
            "get",
            "deployments,services,configmaps,pdb,hpa,endpointroutes.berth.dev,serviceaccounts,roles,rolebindings",
            "-l",
            "app.kubernetes.io/managed-by=berth",
            "-o",
            "name")
        .lines()
        .filter(line -> line.contains("/"))
        .toList();
  }
}

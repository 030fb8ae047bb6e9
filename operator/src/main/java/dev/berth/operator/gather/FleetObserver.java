package dev.berth.operator.gather;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.operator.render.Labels;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.ObservedFleet.ModelReport;
import dev.berth.planner.ObservedFleet.ServerFailure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fleet as its Deployment and its pods show it. */
public final class FleetObserver {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FleetObserver() {}

  /** {@code pods} may hold other fleets' pods too. */
  public static ObservedFleet of(Deployment deployment, List<Pod> pods) {
    Map<String, String> labels = deployment.getMetadata().getLabels();
    List<Pod> servers =
        pods.stream().filter(pod -> deployment.getMetadata().getName().equals(fleet(pod))).toList();
    boolean going = deployment.isMarkedForDeletion();
    return new ObservedFleet(
        deployment.getMetadata().getName(),
        labels.get(Labels.VARIANT),
        labels.get(Labels.REVISION),
        serverImage(deployment),
        number(deployment.getSpec().getReplicas()),
        going ? 0 : number(status(deployment).getReadyReplicas()),
        !going && settled(deployment),
        failures(deployment, servers),
        report(deployment),
        servers.stream()
            .filter(PodFailures::ready)
            .flatMap(pod -> PodFailures.server(pod).stream())
            .map(container -> digest(container.getImageID()))
            .sorted()
            .findFirst()
            .orElse(null));
  }

  static Optional<ModelReport> report(Deployment deployment) {
    String text = annotation(deployment, Labels.MODEL_REPORT);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(text, ModelReport.class));
    } catch (JsonProcessingException e) {
      // Someone wrote over it; the server is asked again.
      return Optional.empty();
    }
  }

  static String annotation(Deployment deployment, String name) {
    Map<String, String> annotations = deployment.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(name);
  }

  static String fleet(Pod pod) {
    return pod.getMetadata().getLabels().get(Labels.FLEET);
  }

  private static String serverImage(Deployment deployment) {
    String recorded = annotation(deployment, Labels.SERVER_IMAGE);
    return recorded != null
        ? recorded
        : deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
  }

  private static boolean settled(Deployment deployment) {
    DeploymentStatus status = status(deployment);
    int wanted = number(deployment.getSpec().getReplicas());
    Long seen = status.getObservedGeneration();
    return seen != null
        && seen >= deployment.getMetadata().getGeneration()
        && number(status.getUpdatedReplicas()) == wanted
        && number(status.getReplicas()) == wanted;
  }

  private static List<ServerFailure> failures(Deployment deployment, List<Pod> servers) {
    List<ServerFailure> failures = new ArrayList<>(PodFailures.of(servers));
    if (status(deployment).getConditions() != null) {
      status(deployment).getConditions().stream()
          .filter(c -> c.getType().equals("ReplicaFailure") && c.getStatus().equals("True"))
          .map(c -> new ServerFailure("PodsNotCreated", c.getMessage(), false))
          .forEach(failures::add);
    }
    return List.copyOf(failures);
  }

  /** {@code registry/image@sha256:...} or {@code sha256:...}: what comes after the name. */
  private static String digest(String imageId) {
    return imageId == null ? "" : imageId.substring(imageId.indexOf('@') + 1);
  }

  private static DeploymentStatus status(Deployment deployment) {
    return deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
  }

  private static int number(Integer number) {
    return number == null ? 0 : number;
  }
}

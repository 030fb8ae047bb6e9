package dev.berth.operator.render;

import dev.berth.api.ModelSpec.Artifact;
import dev.berth.api.ProductionVariant.Scheduling;
import dev.berth.planner.Fleet;
import dev.berth.planner.defaults.VariantDefaults;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pods of a fleet: restricted, spread, with what their server reads mounted. */
final class VariantPod {

  private VariantPod() {}

  static PodTemplateSpec of(Fleet fleet, String pullPolicy) {
    PodSpecBuilder pod =
        new PodSpecBuilder()
            .withEnableServiceLinks(false)
            .withServiceAccountName(fleet.model().serviceAccountName())
            // An identity is mounted only where the Model names one.
            .withAutomountServiceAccountToken(
                fleet.model().serviceAccountName() == null ? Boolean.FALSE : null)
            .withTerminationGracePeriodSeconds(45L)
            .withSecurityContext(security(fleet).build())
            .withTopologySpreadConstraints(Spread.of(Labels.selectingFleet(fleet)))
            .withVolumes(volumes(fleet))
            .withContainers(
                fleet.model().image() == null
                    ? ServerContainer.of(fleet, pullPolicy)
                    : OwnImageContainer.of(fleet));
    schedule(pod, fleet.variant().scheduling());
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.ofFleet(fleet))
        .withAnnotations(fleet.model().image() == null ? scraped() : null)
        .endMetadata()
        .withSpec(pod.build())
        .build();
  }

  static int startupSeconds(Fleet fleet) {
    return Math.toIntExact(VariantDefaults.startupTimeout(fleet.variant()).toSeconds());
  }

  static Map<String, String> scraped() {
    return new TreeMap<>(
        Map.of(
            "prometheus.io/scrape", "true",
            "prometheus.io/port", "9090",
            "prometheus.io/path", "/metrics"));
  }

  /** A foreign image keeps the user that it was made for, as long as that is not root. */
  private static PodSecurityContextBuilder security(Fleet fleet) {
    PodSecurityContextBuilder security =
        new PodSecurityContextBuilder()
            .withRunAsNonRoot(true)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile();
    return fleet.model().image() == null
        ? security.withRunAsUser(65532L).withRunAsGroup(65532L)
        : security;
  }

  private static List<Volume> volumes(Fleet fleet) {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
    if (fleet.model().artifact() != null) {
      volumes.addAll(ArtifactMount.of(fleet.model().artifact()).volumes());
    }
    if (fleet.model().image() == null) {
      volumes.add(
          new VolumeBuilder()
              .withName("config")
              .withNewConfigMap()
              .withName(fleet.name())
              .endConfigMap()
              .build());
    }
    if (fleet.model().artifact() != null) {
      credentials(fleet.model().artifact(), volumes);
    }
    return volumes;
  }

  private static void credentials(Artifact artifact, List<Volume> volumes) {
    String secret = artifact.secretName();
    if (secret != null) {
      volumes.add(
          new VolumeBuilder()
              .withName("credentials")
              .withNewSecret()
              .withSecretName(secret)
              // As for an artifact's ConfigMap: the server says what is missing, a waiting pod does
              // not.
              .withOptional(true)
              .endSecret()
              .build());
    }
  }

  private static void schedule(PodSpecBuilder pod, Scheduling scheduling) {
    if (scheduling == null) {
      return;
    }
    pod.withNodeSelector(scheduling.nodeSelector())
        .withPriorityClassName(scheduling.priorityClassName());
    if (scheduling.affinity() != null) {
      pod.withAffinity(Json.as(scheduling.affinity(), Affinity.class));
    }
    if (scheduling.tolerations() != null) {
      pod.withTolerations(
          scheduling.tolerations().stream().map(t -> Json.as(t, Toleration.class)).toList());
    }
    if (scheduling.topologySpreadConstraints() != null) {
      pod.withTopologySpreadConstraints(
          scheduling.topologySpreadConstraints().stream()
              .map(constraint -> Json.as(constraint, TopologySpreadConstraint.class))
              .toList());
    }
  }

  /** Over zones, then over nodes, as far as there are any. */
  static final class Spread {
    private Spread() {}

    static List<TopologySpreadConstraint> of(Map<String, String> labels) {
      return List.of(
          over("topology.kubernetes.io/zone", labels), over("kubernetes.io/hostname", labels));
    }

    private static TopologySpreadConstraint over(String key, Map<String, String> labels) {
      return new TopologySpreadConstraintBuilder()
          .withTopologyKey(key)
          .withMaxSkew(1)
          .withWhenUnsatisfiable("ScheduleAnyway")
          .withNewLabelSelector()
          .withMatchLabels(labels)
          .endLabelSelector()
          .build();
    }
  }
}

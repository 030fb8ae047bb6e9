package dev.berth.operator.render;

import dev.berth.api.ModelSpec;
import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;

/** A Model's own image in place of Berth's server: the same data port, no admin port. */
final class OwnImageContainer {

  private OwnImageContainer() {}

  static Container of(Fleet fleet) {
    ModelSpec model = fleet.model();
    return new ContainerBuilder()
        .withName("server")
        .withImage(model.image())
        .withEnv(env(model))
        .withPorts(Containers.port("http", 8080))
        .withResources(Containers.resources(fleet.variant().resources()))
        .withSecurityContext(Containers.restricted(false))
        .withVolumeMounts(mounts(model))
        .withStartupProbe(Containers.startup("/ping", VariantPod.startupSeconds(fleet)))
        .withReadinessProbe(Containers.readiness("/ping", "http"))
        .withLifecycle(Containers.stopAfter(10))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .build();
  }

  private static List<EnvVar> env(ModelSpec model) {
    List<EnvVar> env = new ArrayList<>(Containers.env(model.env()));
    if (model.artifact() != null) {
      env.add(value("BERTH_ARTIFACT_URI", ArtifactMount.of(model.artifact()).uri()));
      if (model.artifact().sha256() != null) {
        env.add(value("BERTH_ARTIFACT_SHA256", model.artifact().sha256()));
      }
      if (model.artifact().secretName() != null) {
        env.add(value("BERTH_ARTIFACT_CREDENTIALS", FleetConfigMap.CREDENTIALS));
      }
    }
    return env;
  }

  private static EnvVar value(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static List<VolumeMount> mounts(ModelSpec model) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(Containers.mount("tmp", "/tmp", false));
    if (model.artifact() != null) {
      mounts.addAll(ArtifactMount.of(model.artifact()).mounts());
      if (model.artifact().secretName() != null) {
        mounts.add(Containers.mount("credentials", FleetConfigMap.CREDENTIALS, true));
      }
    }
    return mounts;
  }
}

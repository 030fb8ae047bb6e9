package dev.berth.operator.render;

import dev.berth.api.ModelSpec;
import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** Berth's model server in a fleet's pod. */
final class ServerContainer {

  private ServerContainer() {}

  static Container of(Fleet fleet, String pullPolicy) {
    return new ContainerBuilder()
        .withName("server")
        .withImage(fleet.serverImage())
        .withImagePullPolicy(pullPolicy)
        .withArgs(
            "--config=/etc/berth/" + FleetConfigMap.KEY,
            "--port=8080",
            "--admin-port=9090",
            "--termination-log=/dev/termination-log")
        .withEnv(Containers.env(fleet.model().env()))
        .withPorts(Containers.port("http", 8080), Containers.port("admin", 9090))
        .withResources(Containers.resources(fleet.variant().resources()))
        .withSecurityContext(Containers.restricted(true))
        .withVolumeMounts(mounts(fleet.model()))
        .withStartupProbe(Containers.startup("/ping", VariantPod.startupSeconds(fleet)))
        .withReadinessProbe(Containers.readiness("/ping", "http"))
        .withLivenessProbe(Containers.liveness())
        .withLifecycle(Containers.stopAfter(10))
        // A JVM that cannot even start writes no termination log; its last lines then stand in for
        // it.
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .build();
  }

  private static List<VolumeMount> mounts(ModelSpec model) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(Containers.mount("tmp", "/tmp", false));
    mounts.addAll(ArtifactMount.of(model.artifact()).mounts());
    // A single file, because the credentials are mounted below the same directory, and nothing can
    // be
    // mounted inside a read-only volume.
    mounts.add(
        new VolumeMountBuilder(Containers.mount("config", "/etc/berth/" + FleetConfigMap.KEY, true))
            .withSubPath(FleetConfigMap.KEY)
            .build());
    if (model.artifact().secretName() != null) {
      mounts.add(Containers.mount("credentials", FleetConfigMap.CREDENTIALS, true));
    }
    return mounts;
  }
}

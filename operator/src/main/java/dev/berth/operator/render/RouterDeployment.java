package dev.berth.operator.render;

import dev.berth.planner.RouterPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/** The routers of a namespace. */
final class RouterDeployment {

  /** Requests run up to a minute; a router that goes lets them finish. */
  private static final long GRACE_SECONDS = 90;

  private RouterDeployment() {}

  static Deployment of(ObjectMeta meta, RouterPlan plan, String pullPolicy) {
    return new DeploymentBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withReplicas(plan.replicas())
        .withRevisionHistoryLimit(2)
        .withNewSelector()
        .withMatchLabels(Labels.selectingRouters())
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable(0)
        .withNewMaxSurge(1)
        .endRollingUpdate()
        .endStrategy()
        .withTemplate(template(plan.image(), pullPolicy))
        .endSpec()
        .build();
  }

  private static PodTemplateSpec template(String image, String pullPolicy) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.ofRouter())
        .withAnnotations(VariantPod.scraped())
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(RouterObjects.NAME)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(65532L)
        .withRunAsGroup(65532L)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withTopologySpreadConstraints(VariantPod.Spread.of(Labels.selectingRouters()))
        .withVolumes(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build())
        .withContainers(container(image, pullPolicy))
        .endSpec()
        .build();
  }

  private static Container container(String image, String pullPolicy) {
    return new ContainerBuilder()
        .withName("router")
        .withImage(image)
        .withImagePullPolicy(pullPolicy)
        .withArgs(
            "--kubernetes",
            "--namespace=$(POD_NAMESPACE)",
            "--name=$(POD_NAME)",
            "--port=8080",
            "--admin-port=9090",
            "--grpc-port=8081")
        .withEnv(field("POD_NAME", "metadata.name"), field("POD_NAMESPACE", "metadata.namespace"))
        .withPorts(
            Containers.port("http", 8080),
            Containers.port("grpc", 8081),
            Containers.port("admin", 9090))
        .withNewResources()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", new Quantity("256Mi"))
        .addToLimits("memory", new Quantity("512Mi"))
        .endResources()
        .withSecurityContext(Containers.restricted(true))
        .withVolumeMounts(Containers.mount("tmp", "/tmp", false))
        .withReadinessProbe(Containers.readiness("/ready", "admin"))
        .withLivenessProbe(Containers.liveness())
        .withLifecycle(Containers.stopAfter(5))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .build();
  }

  private static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }
}

package dev.berth.operator.render;

import dev.berth.api.ModelSpec;
import dev.berth.api.ProductionVariant.Resources;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/** Parts that every container of ours has in the same shape. */
final class Containers {

  private Containers() {}

  static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol("TCP")
        .build();
  }

  static VolumeMount mount(String volume, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        .withReadOnly(readOnly ? Boolean.TRUE : null)
        .build();
  }

  /** What the restricted pod security standard asks for. */
  static SecurityContext restricted(boolean readOnlyRoot) {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(readOnlyRoot ? Boolean.TRUE : null)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  /** Looks every second, so that a server that is ready early serves early. */
  static Probe startup(String path, int seconds) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort("http")
        .endHttpGet()
        .withPeriodSeconds(1)
        .withTimeoutSeconds(2)
        .withFailureThreshold(seconds)
        .build();
  }

  static Probe readiness(String path, String port) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(port)
        .endHttpGet()
        .withPeriodSeconds(2)
        .withTimeoutSeconds(2)
        .withFailureThreshold(3)
        .build();
  }

  static Probe liveness() {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/live")
        .withNewPort("admin")
        .endHttpGet()
        .withPeriodSeconds(10)
        .withTimeoutSeconds(5)
        .withFailureThreshold(3)
        .build();
  }

  /** Keeps serving while everyone learns that the pod is going; only then comes the signal. */
  static Lifecycle stopAfter(long seconds) {
    return new LifecycleBuilder().withNewPreStop().withNewSleep(seconds).endPreStop().build();
  }

  static ResourceRequirements resources(Resources resources) {
    return resources == null
        ? null
        : new ResourceRequirementsBuilder()
            .withRequests(resources.requests())
            .withLimits(resources.limits())
            .build();
  }

  static List<EnvVar> env(List<ModelSpec.EnvVar> variables) {
    return variables == null ? List.of() : variables.stream().map(Containers::variable).toList();
  }

  private static EnvVar variable(ModelSpec.EnvVar variable) {
    EnvVarBuilder env = new EnvVarBuilder().withName(variable.name()).withValue(variable.value());
    if (variable.valueFrom() == null) {
      return env.build();
    }
    ModelSpec.KeyRef secret = variable.valueFrom().secretKeyRef();
    if (secret != null) {
      return env.withNewValueFrom()
          .withNewSecretKeyRef(secret.key(), secret.name(), secret.optional())
          .endValueFrom()
          .build();
    }
    ModelSpec.KeyRef configMap = variable.valueFrom().configMapKeyRef();
    return env.withNewValueFrom()
        .withNewConfigMapKeyRef(configMap.key(), configMap.name(), configMap.optional())
        .endValueFrom()
        .build();
  }
}

package dev.berth.e2e.cluster;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * One pod with one container of one of our images, which no operator looks after; gone when closed.
 */
record BarePod(KubernetesClient client, String namespace, String name) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * What runs in it.
   *
   * @param repository of the image, {@code berth-router}
   * @param jvmOptions added to those of the image; empty: none
   * @param memory the container's limit
   * @param configMap mounted at {@code /etc/sample}; empty: none
   */
  record Container(
      String repository,
      List<String> arguments,
      String jvmOptions,
      String memory,
      String configMap) {}

  static BarePod start(Story story, String name, Container container) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(story.namespace())
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .withAutomountServiceAccountToken(false)
            .addNewContainer()
            .withName("it")
            .withImage(image(container.repository()))
            .withImagePullPolicy("Never")
            .withArgs(container.arguments())
            .withNewResources()
            .addToLimits("memory", new Quantity(container.memory()))
            .endResources()
            .withNewSecurityContext()
            .withReadOnlyRootFilesystem(true)
            .withRunAsNonRoot(true)
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .addToDrop("ALL")
            .endCapabilities()
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .addNewVolumeMount()
            .withName("tmp")
            .withMountPath("/tmp")
            .endVolumeMount()
            .endContainer()
            .addNewVolume()
            .withName("tmp")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .endSpec();
    if (!container.jvmOptions().isEmpty()) {
      pod.editSpec()
          .editFirstContainer()
          .withEnv(new EnvVar("JDK_JAVA_OPTIONS", container.jvmOptions(), null))
          .endContainer()
          .endSpec();
    }
    if (!container.configMap().isEmpty()) {
      pod.editSpec()
          .addNewVolume()
          .withName("sample")
          .withNewConfigMap()
          .withName(container.configMap())
          .endConfigMap()
          .endVolume()
          .editFirstContainer()
          .addNewVolumeMount()
          .withName("sample")
          .withMountPath("/etc/sample")
          .endVolumeMount()
          .endContainer()
          .endSpec();
    }
    BarePod started = new BarePod(story.client(), story.namespace(), name);
    started.close();
    story.client().resource(pod.build()).create();
    return started;
  }

  private static String image(String repository) {
    return "%s/%s:%s"
        .formatted(
            System.getProperty("berth.e2e.images", "localhost"),
            repository,
            System.getProperty("berth.e2e.tag", "dev"));
  }

  private PodResource resource() {
    return client.pods().inNamespace(namespace).withName(name);
  }

  Pod await(String what, Predicate<Pod> right) {
    return Waiting.until(what, PATIENCE, () -> resource().get(), right);
  }

  Pod now() {
    return resource().get();
  }

  String log() {
    return resource().getLog();
  }

  @Override
  public void close() {
    resource().withGracePeriod(0).delete();
    Waiting.until(name + " gone", PATIENCE, () -> resource().get() == null);
  }
}

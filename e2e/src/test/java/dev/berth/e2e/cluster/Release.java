package dev.berth.e2e.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Berth on the cluster, installed from its chart. System properties make room beside another
 * release: {@code berth.e2e.prefix} starts the name of every namespace, {@code berth.e2e.images}
 * and {@code berth.e2e.tag} name the images, {@code berth.e2e.confined=true} holds the operator to
 * the tests' own namespaces.
 */
final class Release implements AutoCloseable {
  static final String PREFIX = System.getProperty("berth.e2e.prefix", "berth-e2e");
  static final boolean CONFINED = Boolean.getBoolean("berth.e2e.confined");
  static final String NAMESPACE = PREFIX + "-system";
  private static final Duration START = Duration.ofMinutes(2);

  private final KubernetesClient client = new KubernetesClientBuilder().build();

  private Release() {}

  static Release install() {
    Release release = new Release();
    for (Scene scene : Scene.values()) {
      Waiting.until(
          scene.namespace() + " without what an earlier run left there",
          START,
          () -> release.client.resource(namespace(scene.namespace())).serverSideApply(),
          seen -> seen.getMetadata().getDeletionTimestamp() == null);
    }
    Command.succeeds(helmInstall().toArray(String[]::new));
    release.awaitOperator();
    return release;
  }

  private static List<String> helmInstall() {
    List<String> words = new ArrayList<>(List.of("helm", "upgrade", "--install", "berth"));
    words.addAll(List.of("helm/berth", "--namespace", NAMESPACE, "--create-namespace"));
    words.add("--take-ownership");
    words.addAll(set("images.registry", System.getProperty("berth.e2e.images", "localhost")));
    words.addAll(set("images.tag", System.getProperty("berth.e2e.tag", "dev")));
    words.addAll(set("images.pullPolicy", "Never"));
    words.addAll(set("operator.logLevel", "DEBUG"));
    if (CONFINED) {
      List<String> names = Scene.namespaces();
      words.addAll(set("watchNamespaces", "{" + String.join(",", names) + "}"));
    }
    return words;
  }

  private static List<String> set(String value, String to) {
    return List.of("--set", value + "=" + to);
  }

  private static io.fabric8.kubernetes.api.model.Namespace namespace(String name) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(name)
        // What the strictest clusters ask of every pod holds for ours.
        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
        .endMetadata()
        .build();
  }

  KubernetesClient client() {
    return client;
  }

  /** The operator's pod that is ready and not about to go. */
  Pod awaitOperator() {
    return Waiting.until("one operator that is ready", START, this::operators, o -> o.size() == 1)
        .getFirst();
  }

  private List<Pod> operators() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/name", "berth-operator")
        .list()
        .getItems()
        .stream()
        .filter(Story::isReady)
        .toList();
  }

  /** As a crash would: no grace, no farewell. */
  void killOperator() {
    client.resource(awaitOperator()).withGracePeriod(0).delete();
  }

  /** Through the script that started it, and only its own process. */
  void restartApiServer() {
    Command.succeeds("e2e/cluster/onenode", "restart", "apiserver");
  }

  @Override
  public void close() {
    Command.succeeds("helm", "uninstall", "berth", "--namespace", NAMESPACE, "--wait");
    for (Scene scene : Scene.values()) {
      client.namespaces().withName(scene.namespace()).delete();
    }
    client.close();
  }
}

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
    return awaitOperators(1).getFirst();
  }

  private List<Pod> awaitOperators(int count) {
    return Waiting.until(
        count + " operators that are ready", START, this::operators, o -> o.size() == count);
  }

  /** More than one: all but one stand by. */
  void runOperators(int count) {
    client.apps().deployments().inNamespace(NAMESPACE).withName("berth-operator").scale(count);
    awaitOperators(count);
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

  /** Kills the one that leads, and says who it was. */
  String killLeader() {
    String leader = leader();
    client.pods().inNamespace(NAMESPACE).withName(leader).withGracePeriod(0).delete();
    return leader;
  }

  /** Name of the pod that leads. */
  String leader() {
    return client
        .leases()
        .inNamespace(NAMESPACE)
        .withName("berth-operator")
        .get()
        .getSpec()
        .getHolderIdentity();
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

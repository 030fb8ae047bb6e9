package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.e2e.load.LoadClient;
import dev.berth.e2e.load.LoadPlan;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One namespace with what a user does there; everything in it goes when the story ends. */
final class Story implements AutoCloseable {
  /** The first house of the data, less its price. */
  static final String HOUSE =
      "0.00632,18.0,2.31,0.0,0.538,6.575,65.2,4.09,1.0,296.0,15.3,396.9,4.98";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Release release;
  private final String namespace;

  Story(Release release, Scene scene) {
    this.release = release;
    this.namespace = scene.namespace();
  }

  KubernetesClient client() {
    return release.client();
  }

  String namespace() {
    return namespace;
  }

  String kubectl(String... words) {
    return Command.succeeds(kubectlWords(words));
  }

  /** For what the API server may refuse: its words are the answer. */
  Command tryKubectl(String... words) {
    return Command.run("", kubectlWords(words));
  }

  private String[] kubectlWords(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "kubectl";
    all[1] = "--namespace";
    all[2] = namespace;
    System.arraycopy(words, 0, all, 3, words.length);
    return all;
  }

  void apply(String yaml) {
    Command command = Command.run(yaml, kubectlWords("apply", "-f", "-"));
    assertThat(command.code()).as(command.toString()).isZero();
  }

  /** Models v1 and v2 with their files, their EndpointConfigs, and the Endpoint on v1. */
  void applyHousing() {
    kubectl("apply", "-f", "examples/housing");
  }

  void pointAt(String endpoint, String config) {
    kubectl(
        "patch",
        "endpoints.berth.dev",
        endpoint,
        "--type=merge",
        "--patch",
        "{\"spec\":{\"endpointConfigName\":\"%s\"}}".formatted(config));
  }

  Endpoint endpoint(String name) {
    return client().resources(Endpoint.class).inNamespace(namespace).withName(name).get();
  }

  EndpointStatus status(String endpoint) {
    return endpoint(endpoint).getStatus();
  }

  /** Until what the user asked for last is what all traffic gets, and the old fleet is gone. */
  EndpointStatus awaitInService(String endpoint, String config) {
    return awaitStatus(
        "%s in service on %s".formatted(endpoint, config),
        endpoint,
        seen ->
            seen.phase() == Phase.InService
                && config.equals(seen.endpointConfigName())
                && seen.update() == null
                && isReady(seen));
  }

  EndpointStatus awaitStatus(String what, String endpoint, Predicate<EndpointStatus> right) {
    return withEvidence(
        () ->
            Waiting.until(
                    what,
                    PATIENCE,
                    () -> Seen.of(endpoint(endpoint)),
                    seen -> seen.observed() && right.test(seen.status()))
                .status());
  }

  /** A story that fails takes its namespace down: what is there is kept before. */
  private <T> T withEvidence(Supplier<T> wait) {
    try {
      return wait.get();
    } catch (AssertionError | IllegalStateException e) {
      e.addSuppressed(
          new IllegalStateException(
              "what was there: " + Evidence.collect(namespace, Release.NAMESPACE)));
      throw e;
    }
  }

  /** An Endpoint without what nobody wants to read when a story fails. */
  private record Seen(Long generation, EndpointStatus status) {
    static Seen of(Endpoint endpoint) {
      return new Seen(endpoint.getMetadata().getGeneration(), endpoint.getStatus());
    }

    boolean observed() {
      return status != null && generation.equals(status.observedGeneration());
    }
  }

  private static boolean isReady(EndpointStatus seen) {
    return seen.conditions().stream()
        .anyMatch(is -> is.type().equals("Ready") && is.status().equals("True"));
  }

  List<Pod> pods(String label, String value) {
    return client().pods().inNamespace(namespace).withLabel(label, value).list().getItems();
  }

  List<Pod> readyPods(String label, String value) {
    return pods(label, value).stream().filter(Story::isReady).toList();
  }

  static boolean isReady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus().getConditions().stream()
            .anyMatch(is -> is.getType().equals("Ready") && is.getStatus().equals("True"));
  }

  /** A steady load on the endpoint's Service, from the node. */
  LoadClient load(String endpoint, int connections) {
    return load(endpoint, connections, HOUSE);
  }

  LoadClient load(String endpoint, int connections, String rows) {
    InetSocketAddress address = new InetSocketAddress(clusterIp(endpoint), 80);
    return LoadClient.start(LoadPlan.csv(address, host(endpoint), rows, connections));
  }

  /** A steady load of gRPC on the endpoint's Service, from the node. */
  GrpcLoad grpcLoad(String endpoint, int clients) {
    return new GrpcLoad(clusterIp(endpoint), 8081, endpoint, clients);
  }

  /** The one answer of an endpoint that is at rest. */
  String answer(String endpoint) {
    try (LoadClient client = load(endpoint, 1)) {
      Waiting.until("an answer", PATIENCE, () -> client.report().sent() > 2);
      var report = client.stop();
      assertThat(report.failed()).as(report.toString()).isZero();
      assertThat(report.answers()).hasSize(1);
      return report.answers().keySet().iterator().next();
    }
  }

  private String clusterIp(String service) {
    return client()
        .services()
        .inNamespace(namespace)
        .withName(service)
        .get()
        .getSpec()
        .getClusterIP();
  }

  private String host(String endpoint) {
    return endpoint + "." + namespace + ".svc";
  }

  /** Waits until {@code more} further requests have been answered or have failed. */
  static void awaitMore(LoadClient client, int more) {
    long before = client.report().sent();
    Waiting.until(
        "%d more requests".formatted(more),
        PATIENCE,
        () -> client.report().sent() >= before + more);
  }

  @Override
  public void close() {
    withEvidence(
        () -> kubectl("delete", "endpoints.berth.dev", "--all", "--wait", "--timeout=120s"));
    kubectl(
        "delete", "endpointconfigs.berth.dev,models.berth.dev", "--all", "--wait", "--timeout=60s");
    Waiting.until(
        "nothing of ours is left in " + namespace,
        PATIENCE,
        () ->
            kubectl(
                "get",
                "deployments,services,configmaps,pdb,hpa",
                "-l",
                "app.kubernetes.io/managed-by=berth",
                "-o",
                "name"),
        String::isBlank);
    if (!Release.CONFINED) {
      client().namespaces().withName(namespace).delete();
    }
  }
}

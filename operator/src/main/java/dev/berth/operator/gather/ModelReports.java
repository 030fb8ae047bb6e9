package dev.berth.operator.gather;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.operator.apply.Writes;
import dev.berth.operator.render.Labels;
import dev.berth.planner.ObservedFleet.ModelReport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a fleet's server what it loaded, once a fleet, and writes the answer on the fleet's
 * Deployment: so the next process knows it too, and the watch brings it into the next plan. It
 * never holds up a reconcile: an answer that does not come is asked for again a few times and then
 * done without.
 */
public final class ModelReports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelReports.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int ATTEMPTS = 6;

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager("berth-report")
          .build();

  private final KubernetesClient client;
  private final Writes writes;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(TIMEOUT).executor(threads).build();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  public ModelReports(KubernetesClient client, Writes writes) {
    this.client = client;
    this.writes = writes;
  }

  /** Has the fleet asked, if it has not been and a pod of it can answer. Returns at once. */
  void look(Deployment fleet, List<Pod> pods) {
    if (FleetObserver.report(fleet).isPresent() || fleet.isMarkedForDeletion()) {
      asked.remove(fleet.getMetadata().getUid());
      return;
    }
    pods.stream()
        .filter(pod -> fleet.getMetadata().getName().equals(FleetObserver.fleet(pod)))
        .filter(PodFailures::ready)
        .filter(ModelReports::hasAdminPort)
        .map(pod -> pod.getStatus().getPodIP())
        .filter(address -> address != null && !address.isEmpty())
        .findFirst()
        .filter(address -> asked.add(fleet.getMetadata().getUid()))
        .ifPresent(address -> ask(fleet, address, 1));
  }

  /** A Model's own image has none. */
  private static boolean hasAdminPort(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .anyMatch(port -> "admin".equals(port.getName()));
  }

  private void ask(Deployment fleet, String address, int attempt) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":9090/models"))
            .timeout(TIMEOUT)
            .build();
    CompletableFuture<Void> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .orTimeout(TIMEOUT.toSeconds() * 2, TimeUnit.SECONDS)
            .thenAcceptAsync(response -> write(fleet, response), threads);
    var _ =
        answer.exceptionally(
            failure -> {
              again(fleet, address, attempt, failure);
              return null;
            });
  }

  private void again(Deployment fleet, String address, int attempt, Throwable failure) {
    LOG.debug("fleet {}: no report of its model yet", fleet.getMetadata().getName(), failure);
    if (attempt == ATTEMPTS || threads.isShutdown()) {
      // The next look asks anew, perhaps another pod.
      asked.remove(fleet.getMetadata().getUid());
      return;
    }
    CompletableFuture.delayedExecutor(attempt * 2L, TimeUnit.SECONDS, threads)
        .execute(() -> ask(fleet, address, attempt + 1));
  }

  private void write(Deployment fleet, HttpResponse<String> response) {
    String report = report(response);
    Map<String, Object> patch =
        Map.of(
            "metadata",
            Map.of(
                "uid",
                fleet.getMetadata().getUid(),
                "annotations",
                Map.of(Labels.MODEL_REPORT, report)));
    try {
      client
          .apps()
          .deployments()
          .inNamespace(fleet.getMetadata().getNamespace())
          .withName(fleet.getMetadata().getName())
          .patch(MERGE, text(patch));
      writes.wrote("Deployment", "patch");
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) {
        throw e;
      }
    }
  }

  private static String report(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("GET /models: status " + response.statusCode());
    }
    try {
      JsonNode model = JSON.readTree(response.body()).path("models").path(0);
      if (!model.hasNonNull("numFeatures")) {
        throw new IllegalStateException("GET /models: no loaded model in " + response.body());
      }
      return text(
          new ModelReport(
              model.path("format").asText(null),
              model.path("xgboostVersion").asText(null),
              model.path("objective").asText(null),
              model.path("numFeatures").asInt(),
              model.path("numTrees").asInt(),
              model.path("sizeBytes").asLong(),
              model.path("sha256").asText(null)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("GET /models: not JSON: " + response.body(), e);
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always JSON", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}

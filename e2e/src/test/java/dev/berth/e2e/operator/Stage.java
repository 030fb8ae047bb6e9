package dev.berth.e2e.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.Condition;
import dev.berth.api.Endpoint;
import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointStatus.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A namespace of one test, whose pods run and whose routers speak when the test says so. */
final class Stage {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final KubernetesClient client;
  private final String namespace;

  Stage(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  String namespace() {
    return namespace;
  }

  /** Applies resources; {@code text} is YAML. */
  void apply(String text) {
    for (HasMetadata resource : client.load(text(text)).items()) {
      client.resource(resource).inNamespace(namespace).serverSideApply();
    }
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A Model, an EndpointConfig of one variant, and an Endpoint, all but the Endpoint shared. */
  void endpoint(String name, String variantFields) {
    apply(
        """
        apiVersion: berth.dev/v1alpha1
        kind: Model
        metadata: {name: boston}
        spec: {artifact: {uri: "configmap://boston/model.tar.gz"}}
        ---
        apiVersion: berth.dev/v1alpha1
        kind: EndpointConfig
        metadata: {name: %1$s}
        spec:
          productionVariants:
          - {name: stable, modelName: boston%2$s}
        ---
        apiVersion: berth.dev/v1alpha1
        kind: Endpoint
        metadata: {name: %1$s}
        spec: {endpointConfigName: %1$s}
        """
            .formatted(name, variantFields));
  }

  <T extends HasMetadata> Resource<T> named(Class<T> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name);
  }

  Optional<Endpoint> find(String endpoint) {
    return Optional.ofNullable(named(Endpoint.class, endpoint).get());
  }

  Optional<EndpointRoute> route(String endpoint) {
    return Optional.ofNullable(named(EndpointRoute.class, endpoint).get());
  }

  void awaitInService(String endpoint) {
    await(
        endpoint + " in service",
        () -> {
          runPods();
          acknowledge();
          return find(endpoint).orElseThrow().getStatus().phase() == Phase.InService;
        });
  }

  void await(String what, BooleanSupplier look) {
    Wait.until(what, LIMIT, look);
  }

  boolean hasCondition(String endpoint, Predicate<Condition> right) {
    return find(endpoint).orElseThrow().getStatus().conditions().stream().anyMatch(right);
  }

  /** What a kubelet would: every pod runs and is ready. It has no address, for nothing listens. */
  void runPods() {
    for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
      if (pod.getStatus().getContainerStatuses().isEmpty()) {
        pod.setStatus(
            new PodStatusBuilder()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addNewContainerStatus()
                .withName(pod.getSpec().getContainers().getFirst().getName())
                .withImage("image")
                .withImageID("image@sha256:1")
                .withReady(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning("2026-01-01T00:00:00Z")
                .endState()
                .endContainerStatus()
                .build());
        client.resource(pod).patchStatus();
      }
    }
  }

  /** What routers would: they say that they route by what stands. */
  void acknowledge() {
    List<Pod> routers =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel("berth.dev/component", "router")
            .list()
            .getItems();
    for (EndpointRoute route :
        client.resources(EndpointRoute.class).inNamespace(namespace).list().getItems()) {
      Map<String, Object> words = new TreeMap<>();
      for (Pod router : routers) {
        words.put(
            router.getMetadata().getName(),
            Map.of(
                "generation", route.getMetadata().getGeneration(), "time", "2026-01-01T00:00:00Z"));
      }
      client
          .resource(route)
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              client
                  .getKubernetesSerialization()
                  .asJson(Map.of("status", Map.of("routers", words))));
    }
  }

  /** resourceVersions of every object of ours, by kind and name. */
  Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (String path :
        List.of(
            "/apis/berth.dev/v1alpha1/namespaces/%s/models",
            "/apis/berth.dev/v1alpha1/namespaces/%s/endpointconfigs",
            "/apis/berth.dev/v1alpha1/namespaces/%s/endpoints",
            "/apis/berth.dev/v1alpha1/namespaces/%s/endpointroutes",
            "/apis/apps/v1/namespaces/%s/deployments",
            "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers",
            "/apis/policy/v1/namespaces/%s/poddisruptionbudgets",
            "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/roles",
            "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings",
            "/api/v1/namespaces/%s/serviceaccounts",
            "/api/v1/namespaces/%s/services",
            "/api/v1/namespaces/%s/configmaps",
            "/api/v1/namespaces/%s/events")) {
      collect(path.formatted(namespace), versions);
    }
    return versions;
  }

  private void collect(String path, Map<String, String> versions) {
    try {
      var items = new ObjectMapper().readTree(client.raw(path)).path("items");
      for (var item : items) {
        var metadata = item.path("metadata");
        versions.put(
            path + "/" + metadata.path("name").asText(), metadata.path("resourceVersion").asText());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(path, e);
    }
  }
}

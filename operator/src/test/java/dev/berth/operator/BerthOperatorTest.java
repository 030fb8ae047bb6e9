package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigSpec;
import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteStatus;
import dev.berth.api.EndpointRouteStatus.RouterAck;
import dev.berth.api.EndpointSpec;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import dev.berth.api.ProductionVariant;
import dev.berth.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole operator in this process, against a fake API server. */
class BerthOperatorTest {

  private static final String NAMESPACE = "test";
  private static final String ROUTER = "berth-router-0";
  private static final OperatorSettings SETTINGS =
      new OperatorSettings(
          Set.of(NAMESPACE), "server:1", "router:1", "Never", 2, Optional.empty(), 0);

  private final FakeApiServer api = new FakeApiServer();
  private final KubernetesClient client = api.client();
  private BerthOperator operator;

  @BeforeEach
  void start() throws IOException {
    operator = new BerthOperator(SETTINGS, api.client(), Clock.systemUTC());
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.close();
    client.close();
    api.close();
  }

  @Test
  void anEndpointBecomesAFleetARouteAndRouters() throws Exception {
    createHousing();
    await("a fleet", () -> fleets().size() == 1);
    makeReady(fleets().getFirst());
    runRouter();
    await("a route", () -> route().getSpec().fleets().size() == 1);
    acknowledge();
    await("in service", () -> phase() == Phase.InService);

    assertThat(endpoint().getStatus().url())
        .isEqualTo("http://housing.%s.svc".formatted(NAMESPACE));
    String fleet = fleets().getFirst().getMetadata().getName();
    assertThat(route().getSpec().fleets())
        .singleElement()
        .satisfies(one -> assertThat(one.service()).isEqualTo(fleet));
    assertThat(deployment("berth-router").getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(client.services().inNamespace(NAMESPACE).withName("housing").get()).isNotNull();
    assertThat(client.services().inNamespace(NAMESPACE).withName(fleet).get()).isNotNull();
  }

  @Test
  void aSecondLookAtAnUnchangedWorldWritesNothing() throws Exception {
    createHousing();
    await("a fleet", () -> fleets().size() == 1);
    makeReady(fleets().getFirst());
    runRouter();
    await("a route", () -> route().getSpec().fleets().size() == 1);
    acknowledge();
    await("in service", () -> phase() == Phase.InService);
    await("told of who uses what", () -> usedBy().equals(List.of("housing")));
    operator.close();
    int before = api.writes();

    operator = new BerthOperator(SETTINGS, api.client(), Clock.systemUTC());
    operator.start();
    await("a look at all three", () -> metric("berth_operator_reconcile_total{") >= 3);

    assertThat(api.writes()).isEqualTo(before);
  }

  @Test
  void aDeletionThatWaitsIsToldInAnEvent() throws Exception {
    createHousing();
    await("told of who uses what", () -> usedBy().equals(List.of("housing")));
    client.resources(EndpointConfig.class).inNamespace(NAMESPACE).withName("v1").delete();
    await("an Event", () -> reasons("v1").contains("DeletionWaits"));

    assertThat(reasons("v1")).containsExactlyInAnyOrder("ModelsFound", "DeletionWaits");
  }

  private void createHousing() {
    Model model = named(new Model(), "boston");
    model.setSpec(
        new ModelSpec(
            new ModelSpec.Artifact("https://models/boston.ubj", null, null, null),
            null,
            null,
            null,
            null,
            null,
            null));
    EndpointConfig config = named(new EndpointConfig(), "v1");
    config.setSpec(
        new EndpointConfigSpec(
            List.of(
                new ProductionVariant(
                    "stable", "boston", null, null, null, null, null, null, null))));
    Endpoint endpoint = named(new Endpoint(), "housing");
    endpoint.setSpec(new EndpointSpec("v1", null, null, null, null));
    client.resource(model).create();
    client.resource(config).create();
    client.resource(endpoint).create();
  }

  private static <T extends CustomResource<?, ?>> T named(T resource, String name) {
    resource.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
    return resource;
  }

  /** As the Deployment controller would say. */
  private void makeReady(Deployment fleet) {
    client
        .resource(fleet)
        .editStatus(
            live ->
                new DeploymentBuilder(live)
                    .withNewStatus()
                    .withObservedGeneration(live.getMetadata().getGeneration())
                    .withReplicas(1)
                    .withUpdatedReplicas(1)
                    .withReadyReplicas(1)
                    .endStatus()
                    .build());
  }

  /** As a kubelet would say. */
  private void runRouter() {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(ROUTER)
                .withNamespace(NAMESPACE)
                .addToLabels("app.kubernetes.io/managed-by", "berth")
                .addToLabels("berth.dev/component", "router")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .endCondition()
                .addNewContainerStatus()
                .withName("router")
                .withNewState()
                .withNewRunning("2026-01-01T00:00:00Z")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build())
        .create();
  }

  /** As the router would say. */
  private void acknowledge() {
    client
        .resource(route())
        .editStatus(
            route -> {
              long generation = route.getMetadata().getGeneration();
              route.setStatus(
                  new EndpointRouteStatus(
                      Map.of(ROUTER, new RouterAck(generation, "2026-01-01T00:00:00Z"))));
              return route;
            });
  }

  private EndpointRoute route() {
    Resource<EndpointRoute> route =
        client.resources(EndpointRoute.class).inNamespace(NAMESPACE).withName("housing");
    return route.waitUntilCondition(Objects::nonNull, 1, TimeUnit.MINUTES);
  }

  private List<Deployment> fleets() {
    return client
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withLabel("berth.dev/endpoint", "housing")
        .list()
        .getItems();
  }

  private Deployment deployment(String name) {
    return client.apps().deployments().inNamespace(NAMESPACE).withName(name).require();
  }

  private Phase phase() {
    Endpoint endpoint = endpoint();
    return endpoint.getStatus() == null ? null : endpoint.getStatus().phase();
  }

  /** Reasons of the Events about a resource. */
  private List<String> reasons(String name) {
    return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(event -> event.getReason())
        .toList();
  }

  private Endpoint endpoint() {
    return client.resources(Endpoint.class).inNamespace(NAMESPACE).withName("housing").require();
  }

  private List<String> usedBy() {
    Model model = client.resources(Model.class).inNamespace(NAMESPACE).withName("boston").require();
    EndpointConfig config =
        client.resources(EndpointConfig.class).inNamespace(NAMESPACE).withName("v1").require();
    return model.getStatus() == null || config.getStatus() == null
        ? List.of()
        : model.getStatus().usedBy().equals(config.getStatus().usedBy())
            ? model.getStatus().usedBy()
            : List.of();
  }

  private double metric(String name) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + operator.port() + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  private static void await(String what, Callable<Boolean> look) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    while (!look.call()) {
      assertThat(Instant.now()).as(what).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}

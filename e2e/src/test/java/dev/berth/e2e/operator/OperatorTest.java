package dev.berth.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.e2e.Checkout;
import dev.berth.operator.BerthOperator;
import dev.berth.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the operator promises that only a real API server can show. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorTest {

  private static final OperatorSettings SETTINGS =
      new OperatorSettings(
          Set.of(), "berth/model-server:1", "berth/router:1", "Never", 2, Optional.empty(), 0);

  private ControlPlane plane;
  private KubernetesClient client;
  private BerthOperator operator;

  @BeforeAll
  void start() throws IOException, GeneralSecurityException {
    plane = ControlPlane.start();
    plane.install(Checkout.root().resolve("crds"));
    client = plane.client();
    operator = operator();
  }

  @AfterAll
  void stop() {
    if (operator != null) {
      operator.close();
    }
    if (client != null) {
      client.close();
    }
    if (plane != null) {
      plane.close();
    }
  }

  private BerthOperator operator() throws IOException {
    BerthOperator started = new BerthOperator(SETTINGS, plane.operatorsClient(), Clock.systemUTC());
    started.start();
    return started;
  }

  @Test
  void anUnchangedWorldGetsNoWrites() throws IOException {
    Stage stage = new Stage(client, "still");
    stage.endpoint("housing", ", replicas: 2, resources: {requests: {cpu: 1000m}}");
    stage.endpoint("wine", ", resources: {requests: {cpu: 100m}}, autoscaling: {maxReplicas: 3}");
    stage.awaitInService("housing");
    stage.awaitInService("wine");
    stage.await("the last writes", () -> settled(stage));
    Map<String, String> before = stage.versions();

    operator.close();
    operator = operator();
    stage.await("a second look at all", () -> looks(operator) >= 5);

    assertThat(stage.versions()).isEqualTo(before);
    assertThat(metric(operator, "berth_operator_writes_total")).isZero();
  }

  /** Nothing was written while a hundred answers of the API server came and went. */
  private static boolean settled(Stage stage) {
    Map<String, String> before = stage.versions();
    for (int i = 0; i < 10; i++) {
      if (!stage.versions().equals(before)) {
        return false;
      }
    }
    return true;
  }

  /** Endpoints, EndpointConfigs and the Model of the test, each once. */
  private static double looks(BerthOperator operator) {
    return metric(operator, "berth_operator_reconcile_total{");
  }

  private static double metric(BerthOperator operator, String name) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + operator.port() + "/metrics");
      String text =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aForeignEditOfOurFieldsIsPutRightAndAForeignFieldIsLeft() {
    Stage stage = new Stage(client, "drift");
    stage.endpoint("housing", "");
    stage.awaitInService("housing");
    Service service = service(stage, "housing");

    client
        .resource(
            new ServiceBuilder(service)
                .editMetadata()
                .addToAnnotations("theirs", "stays")
                .endMetadata()
                .editSpec()
                .addToSelector("berth.dev/component", "elsewhere")
                .endSpec()
                .build())
        .update();

    stage.await(
        "our selector",
        () -> service(stage, "housing").getSpec().getSelector().containsValue("router"));
    assertThat(service(stage, "housing").getMetadata().getAnnotations())
        .containsEntry("theirs", "stays");
  }

  @Test
  void anAutoscalersReplicasAreNotFoughtOver() {
    Stage stage = new Stage(client, "scaled");
    stage.endpoint(
        "housing",
        ", replicas: 2, resources: {requests: {cpu: 100m}}, autoscaling: {minReplicas: 1, maxReplicas: 5}");
    stage.awaitInService("housing");
    Deployment fleet = fleets(stage, "housing").getFirst();
    assertThat(fleet.getSpec().getReplicas()).isEqualTo(2);

    client.resource(fleet).scale(4);
    removeALabel(fleet);

    stage.await("our label", () -> hasItsLabel(fleets(stage, "housing").getFirst()));
    assertThat(fleets(stage, "housing").getFirst().getSpec().getReplicas()).isEqualTo(4);
  }

  @Test
  void aSizeThatNoAutoscalerHasTouchedSurvivesOurApply() {
    Stage stage = new Stage(client, "sized");
    stage.endpoint(
        "housing",
        ", replicas: 3, resources: {requests: {cpu: 100m}}, autoscaling: {minReplicas: 1, maxReplicas: 5}");
    stage.awaitInService("housing");

    removeALabel(fleets(stage, "housing").getFirst());

    stage.await("our label", () -> hasItsLabel(fleets(stage, "housing").getFirst()));
    assertThat(fleets(stage, "housing").getFirst().getSpec().getReplicas()).isEqualTo(3);
  }

  /** So that the operator has something to apply over the Deployment. */
  private void removeALabel(Deployment fleet) {
    client
        .resource(fleet)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"labels\": {\"berth.dev/variant\": null}}}");
  }

  private static boolean hasItsLabel(Deployment fleet) {
    return fleet.getMetadata().getLabels().containsKey("berth.dev/variant");
  }

  @Test
  void aStrangersServiceIsLeftAloneAndItsNameUsedOnceItIsFree() {
    Stage stage = new Stage(client, "taken");
    Service stranger =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("housing")
            .withNamespace(stage.namespace())
            .endMetadata()
            .withNewSpec()
            .withSelector(Map.of("app", "theirs"))
            .withPorts(new ServicePortBuilder().withPort(80).build())
            .endSpec()
            .build();
    client.resource(stranger).create();
    String version = service(stage, "housing").getMetadata().getResourceVersion();

    stage.endpoint("housing", "");
    stage.await(
        "NameTaken", () -> stage.hasCondition("housing", c -> c.reason().equals("NameTaken")));
    assertThat(service(stage, "housing").getMetadata().getResourceVersion()).isEqualTo(version);

    client.resource(stranger).delete();
    stage.awaitInService("housing");
    assertThat(service(stage, "housing").getSpec().getSelector()).containsValue("router");
  }

  @Test
  void anEndpointGoesOnlyAfterEveryRouterHasLetGo() {
    Stage stage = new Stage(client, "going");
    stage.endpoint("housing", "");
    stage.awaitInService("housing");

    stage.named(Endpoint.class, "housing").delete();
    stage.await(
        "a route without fleets",
        () -> stage.route("housing").orElseThrow().getSpec().fleets().isEmpty());
    assertThat(fleets(stage, "housing")).hasSize(1);
    assertThat(stage.find("housing")).isPresent();

    stage.await(
        "the end",
        () -> {
          stage.acknowledge();
          return stage.find("housing").isEmpty();
        });
    stage.await(
        "nothing left",
        () -> stage.versions().keySet().stream().noneMatch(OperatorTest::isLeftOver));
  }

  @Test
  void whatAnEndpointUsesStaysUntilItIsGone() {
    Stage stage = new Stage(client, "used");
    stage.endpoint("housing", "");
    stage.awaitInService("housing");

    stage.named(Model.class, "boston").delete();
    stage.named(EndpointConfig.class, "housing").delete();
    stage.named(Endpoint.class, "housing").delete();
    stage.await(
        "a route without fleets",
        () -> stage.route("housing").orElseThrow().getSpec().fleets().isEmpty());
    assertThat(stage.named(Model.class, "boston").get()).isNotNull();
    assertThat(stage.named(EndpointConfig.class, "housing").get()).isNotNull();

    stage.await(
        "the end of all three",
        () -> {
          stage.acknowledge();
          return stage.find("housing").isEmpty()
              && stage.named(EndpointConfig.class, "housing").get() == null
              && stage.named(Model.class, "boston").get() == null;
        });
  }

  private static boolean isLeftOver(String object) {
    return !object.contains("/events/")
        && !object.contains("/models/")
        && !object.contains("/endpointconfigs/")
        && !object.endsWith("/kube-root-ca.crt")
        && !object.endsWith("/serviceaccounts/default");
  }

  private Service service(Stage stage, String name) {
    return client.services().inNamespace(stage.namespace()).withName(name).require();
  }

  private List<Deployment> fleets(Stage stage, String endpoint) {
    return client
        .apps()
        .deployments()
        .inNamespace(stage.namespace())
        .withLabel("berth.dev/endpoint", endpoint)
        .list()
        .getItems();
  }
}

package dev.berth.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Condition;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.e2e.Checkout;
import dev.berth.operator.BerthOperator;
import dev.berth.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the API server refuses is told where people look, and heals. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedTest {
  private static final OperatorSettings SETTINGS =
      new OperatorSettings(
          Set.of(), "berth/model-server:1", "berth/router:1", "Never", 2, Optional.empty(), 0);

  /** The CRD leaves tolerations to the API server, which knows no such operator. */
  private static final String REFUSED = ", scheduling: {tolerations: [{operator: Nearly}]}";

  private ControlPlane plane;
  private KubernetesClient client;
  private BerthOperator operator;

  @BeforeAll
  void start() throws IOException, GeneralSecurityException {
    plane = ControlPlane.start();
    plane.install(Checkout.root().resolve("crds"));
    client = plane.client();
    operator = new BerthOperator(SETTINGS, plane.operatorsClient(), Clock.systemUTC());
    operator.start();
  }

  @AfterAll
  void stop() {
    operator.close();
    client.close();
    plane.close();
  }

  @Test
  void aFirstFleet() {
    Stage stage = new Stage(client, "refused-first");
    stage.endpoint("housing", REFUSED);
    stage.await("Ready=False ApplyFailed", () -> isRefused(stage));

    assertThat(status(stage).phase()).isEqualTo(Phase.Creating);
    assertThat(condition(stage, "Ready").message()).contains("operator").contains("Nearly");
    assertThat(condition(stage, "Reconciled").reason()).isEqualTo("ApplyFailed");

    pointAt(stage, "good", "");
    stage.awaitInService("housing");
    assertThat(status(stage).conditions()).noneMatch(is -> is.type().equals("Reconciled"));
  }

  @Test
  void theFleetOfAnUpdateWhileTheOldOneServesOn() {
    Stage stage = new Stage(client, "refused-update");
    stage.endpoint("housing", "");
    stage.awaitInService("housing");
    pointAt(stage, "bad", REFUSED);
    stage.await("Ready=False ApplyFailed", () -> isRefused(stage));

    EndpointStatus status = status(stage);
    assertThat(status.update().to()).isEqualTo("bad");
    assertThat(status.endpointConfigName()).isEqualTo("housing");
    assertThat(condition(stage, "Serving").status()).isEqualTo("True");

    pointAt(stage, "housing", "");
    stage.awaitInService("housing");
    assertThat(condition(stage, "Ready").status()).isEqualTo("True");
  }

  /** An EndpointConfig of that name, with such a variant, and the Endpoint on it. */
  private static void pointAt(Stage stage, String config, String variantFields) {
    stage.apply(
        """
        apiVersion: berth.dev/v1alpha1
        kind: EndpointConfig
        metadata: {name: %1$s}
        spec:
          productionVariants:
          - {name: stable, modelName: boston%2$s}
        ---
        apiVersion: berth.dev/v1alpha1
        kind: Endpoint
        metadata: {name: housing}
        spec: {endpointConfigName: %1$s}
        """
            .formatted(config, variantFields));
  }

  private static boolean isRefused(Stage stage) {
    return condition(stage, "Ready").reason().equals("ApplyFailed");
  }

  private static Condition condition(Stage stage, String type) {
    return status(stage).conditions().stream()
        .filter(is -> is.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static EndpointStatus status(Stage stage) {
    return stage.find("housing").orElseThrow().getStatus();
  }
}

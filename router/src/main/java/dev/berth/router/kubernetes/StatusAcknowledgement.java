package dev.berth.router.kubernetes;

import dev.berth.serving.route.Route;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Acknowledges in the route's status, each router its own entry by server-side apply. */
final class StatusAcknowledgement implements Acknowledgement {
  /** The API server's bound on a field manager's name. */
  private static final int MAX_MANAGER = 128;

  private final KubernetesClient client;
  private final String router;
  private final Clock clock;
  private final PatchContext apply;

  StatusAcknowledgement(KubernetesClient client, String router, Clock clock) {
    this.client = client;
    this.router = router;
    this.clock = clock;
    String manager = "berth-router-" + router;
    apply =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(manager.substring(0, Math.min(manager.length(), MAX_MANAGER)))
            .withForce(true)
            .build();
  }

  @Override
  public boolean acknowledge(Route served) {
    String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    GenericKubernetesResource status = new GenericKubernetesResource();
    status.setApiVersion(EndpointRoutes.API_VERSION);
    status.setKind(EndpointRoutes.KIND);
    status.setMetadata(
        new ObjectMetaBuilder()
            .withName(served.endpoint())
            .withNamespace(served.namespace())
            .build());
    status.setAdditionalProperty(
        "status",
        Map.of("routers", Map.of(router, Map.of("generation", served.generation(), "time", time))));
    try {
      client
          .genericKubernetesResources(EndpointRoutes.RESOURCE)
          .inNamespace(served.namespace())
          .resource(status)
          .subresource("status")
          .patch(apply);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}

package dev.berth.router.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.table.Switchboard;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Server-side apply of acknowledgements, on the API server that KUBECONFIG names. */
@Tag("cluster")
class AcknowledgementOnClusterTest {
  private static final Path CRD = Path.of("..", "crds", "endpointroutes.berth.dev.yaml");

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private Namespace namespace;

  @BeforeEach
  void prepare() throws Exception {
    CustomResourceDefinition crd =
        client
            .getKubernetesSerialization()
            .unmarshal(Files.readString(CRD), CustomResourceDefinition.class);
    client.resource(crd).fieldManager("helm").forceConflicts().serverSideApply();
    client
        .resource(crd)
        .waitUntilCondition(c -> c != null && c.getStatus() != null, 1, TimeUnit.MINUTES);
    namespace =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("berth-router-")
                    .endMetadata()
                    .build())
            .create();
  }

  @AfterEach
  void remove() {
    client.resource(namespace).delete();
    client.close();
  }

  private String name() {
    return namespace.getMetadata().getName();
  }

  private Resource<GenericKubernetesResource> route() {
    return client
        .genericKubernetesResources(EndpointRoutes.RESOURCE)
        .inNamespace(name())
        .withName("housing");
  }

  private static Map<String, Object> spec(double weight) {
    Map<String, Object> fleet =
        Map.of(
            "variant", "v", "revision", "r", "service", "s", "weight", weight, "routing", "Random");
    return Map.of(
        "fleets",
        List.of(fleet),
        "limits",
        Map.of("maxBodyBytes", 10, "timeoutSeconds", 20, "maxQueue", 30));
  }

  private KubernetesSource router(String router) {
    RouterMetrics metrics = new RouterMetrics();
    return KubernetesSource.follow(client, name(), router, new Switchboard(metrics), metrics);
  }

  private void untilAcknowledged(long generation, String... routers) {
    route()
        .waitUntilCondition(
            resource ->
                resource != null
                    && List.of(routers).stream()
                        .allMatch(
                            r ->
                                EndpointRoutes.acknowledged(resource, r)
                                    .equals(OptionalLong.of(generation))),
            30,
            TimeUnit.SECONDS);
  }

  @Test
  void everyRouterWritesItsOwnEntryOnceForEachGeneration() {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion(EndpointRoutes.API_VERSION);
    resource.setKind(EndpointRoutes.KIND);
    resource.setMetadata(new ObjectMetaBuilder().withName("housing").withNamespace(name()).build());
    resource.setAdditionalProperty("spec", spec(0));
    client.resource(resource).create();
    try (KubernetesSource one = router("one");
        KubernetesSource two = router("two")) {
      assertThat(one).isNotSameAs(two);
      untilAcknowledged(1, "one", "two");
      route()
          .edit(
              r -> {
                r.setAdditionalProperty("spec", spec(0.0001));
                return r;
              });
      // The fleet has no server: the new generation is held for ten seconds, and taken then.
      untilAcknowledged(2, "one", "two");
    }
    assertThat(route().get().getMetadata().getManagedFields())
        .extracting(f -> f.getManager() + " " + f.getOperation() + " " + f.getSubresource())
        .contains("berth-router-one Apply status", "berth-router-two Apply status");
    String time = route().get().get("status", "routers", "one", "time");
    assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }
}

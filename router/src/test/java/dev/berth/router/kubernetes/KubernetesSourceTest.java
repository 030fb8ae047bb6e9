package dev.berth.router.kubernetes;

import static dev.berth.router.kubernetes.Slices.ready;
import static dev.berth.router.kubernetes.Slices.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.router.balance.Fleet;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.table.LiveRoute;
import dev.berth.router.table.Switchboard;
import dev.berth.serving.route.Route;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes and addresses from an API server, over its watch. */
@EnableKubernetesMockClient(crud = true)
class KubernetesSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private KubernetesMockServer server;
  private KubernetesClient client;
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final RouterMetrics metrics = new RouterMetrics();
  private final Switchboard switchboard = new Switchboard(metrics);
  private KubernetesSource source;

  /** The mock server knows no server-side apply: what it would do is written down here instead. */
  private boolean acknowledge(Route route) {
    if (refusals.getAndDecrement() > 0) {
      throw new KubernetesClientException("the API server is away");
    }
    client
        .genericKubernetesResources(EndpointRoutes.RESOURCE)
        .inNamespace("prod")
        .withName(route.endpoint())
        .edit(
            resource -> {
              resource.setAdditionalProperty(
                  "status",
                  Map.of("routers", Map.of("me", Map.of("generation", route.generation()))));
              return resource;
            });
    acknowledged.add(route.endpoint() + " " + route.generation());
    return true;
  }

  @BeforeEach
  void follow() {
    source =
        new KubernetesSource(
            client,
            "prod",
            new KubernetesSource.Identity("me", this::acknowledge),
            switchboard,
            metrics);
  }

  @AfterEach
  void stop() {
    source.close();
  }

  private GenericKubernetesResource endpointRoute(long generation, String service) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion(EndpointRoutes.API_VERSION);
    resource.setKind(EndpointRoutes.KIND);
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName("housing")
            .withNamespace("prod")
            .withGeneration(generation)
            .build());
    Map<String, Object> fleet =
        Map.of("variant", "v", "revision", "r", "service", service, "weight", 1.0);
    resource.setAdditionalProperty(
        "spec",
        Map.of(
            "fleets",
            List.of(fleet),
            "limits",
            Map.of("maxBodyBytes", 10, "timeoutSeconds", 20, "maxQueue", 30)));
    return resource;
  }

  private void write(GenericKubernetesResource resource) {
    client
        .genericKubernetesResources(EndpointRoutes.RESOURCE)
        .inNamespace("prod")
        .resource(resource)
        .createOr(existing -> existing.update());
  }

  private String address() {
    return switchboard
        .routes()
        .hosted("housing.prod.svc")
        .map(LiveRoute::all)
        .flatMap(split -> split.draw())
        .map(Fleet::backends)
        .map(backends -> backends.getFirst().address().toString())
        .orElse("");
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void anEmptyNamespaceIsATableToo() throws Exception {
    assertThat(switchboard.loaded()).isFalse();
    source.start();
    until(switchboard::loaded);
    assertThat(switchboard.routes().all()).isEmpty();
  }

  @Test
  void itIsAliveWhileItComesRound() throws Exception {
    long aMinuteOn = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    assertThat(source.alive(System.nanoTime())).isTrue();
    assertThat(source.alive(aMinuteOn)).isFalse();
    source.start();
    until(() -> source.alive(aMinuteOn));
  }

  @Test
  void routesFollowTheResourcesAndAreAcknowledgedOnce() throws Exception {
    client.resource(slice("old", ready("10.0.0.1"))).create();
    write(endpointRoute(1, "old"));
    source.start();
    until(() -> address().equals("10.0.0.1:8080"));
    until(() -> acknowledged.contains("housing 1"));
    LiveRoute live = switchboard.routes().named("housing").orElseThrow();
    assertThat(live.limits().maxBodyBytes()).isEqualTo(10);
    assertThat(live.limits().timeoutSeconds()).isEqualTo(20);
    client.resource(slice("old", ready("10.0.0.7"))).update();
    until(() -> address().equals("10.0.0.7:8080"));
    write(endpointRoute(2, "new"));
    client.resource(slice("new", ready("10.0.0.2"))).create();
    until(() -> address().equals("10.0.0.2:8080"));
    until(() -> acknowledged.contains("housing 2"));
    assertThat(acknowledged).containsExactly("housing 1", "housing 2");
    client
        .genericKubernetesResources(EndpointRoutes.RESOURCE)
        .inNamespace("prod")
        .withName("housing")
        .delete();
    until(() -> switchboard.routes().all().isEmpty());
  }

  @Test
  void anAcknowledgementIsWrittenWhenTheApiServerIsBack() throws Exception {
    refusals.set(2);
    client.resource(slice("old", ready("10.0.0.1"))).create();
    write(endpointRoute(1, "old"));
    source.start();
    until(() -> acknowledged.contains("housing 1"));
    assertThat(acknowledged).containsExactly("housing 1");
  }

  @Test
  void aRouteThatCannotBeObeyedIsServedAsBefore() throws Exception {
    client.resource(slice("old", ready("10.0.0.1"))).create();
    write(endpointRoute(1, "old"));
    source.start();
    // Both write the same object, and this server knows no field managers.
    until(() -> acknowledged.contains("housing 1"));
    GenericKubernetesResource nonsense = endpointRoute(2, "old");
    nonsense.setAdditionalProperty(
        "spec", Map.of("fleets", List.of(Map.of("variant", "v", "weight", -1))));
    write(nonsense);
    until(() -> rejected() == 1);
    assertThat(address()).isEqualTo("10.0.0.1:8080");
    assertThat(switchboard.routes().named("housing").orElseThrow().generation()).isEqualTo(1);
  }

  @Test
  void servesOnWhenTheApiServerIsGone() throws Exception {
    client.resource(slice("old", ready("10.0.0.1"))).create();
    write(endpointRoute(1, "old"));
    source.start();
    until(() -> acknowledged.contains("housing 1"));
    server.shutdown();
    assertThat(address()).isEqualTo("10.0.0.1:8080");
    assertThat(switchboard.loaded()).isTrue();
  }

  private double rejected() {
    return metrics.registry().scrape().stream()
        .filter(m -> m.getMetadata().getName().equals("berth_router_tables_rejected"))
        .flatMap(m -> m.getDataPoints().stream())
        .mapToDouble(
            point ->
                ((io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot)
                        point)
                    .getValue())
        .sum();
  }
}

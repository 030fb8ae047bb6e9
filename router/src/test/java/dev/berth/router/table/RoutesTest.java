package dev.berth.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.router.metrics.RouterMetrics;
import dev.berth.serving.route.BackendAddress;
import dev.berth.serving.route.FleetRoute;
import dev.berth.serving.route.Route;
import dev.berth.serving.route.RouteLimits;
import dev.berth.serving.route.RouteTable;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  private final RouterMetrics metrics = new RouterMetrics();
  private final Switchboard switchboard = new Switchboard(metrics);

  private static Route route(String endpoint, String namespace, String revision, int... ports) {
    List<BackendAddress> backends =
        java.util.Arrays.stream(ports).mapToObj(p -> new BackendAddress("127.0.0.1", p)).toList();
    var fleet =
        new FleetRoute("v", revision, "s", 1, FleetRoute.Routing.LeastOutstanding, backends);
    return new Route(endpoint, namespace, 1, List.of(fleet), RouteLimits.DEFAULT);
  }

  private void take(Route... routes) {
    switchboard.take(new RouteTable(List.of(routes)));
  }

  @ParameterizedTest
  @CsvSource({
    "housing, housing/prod",
    "housing:8080, housing/prod",
    "HOUSING.Prod, housing/prod",
    "housing.prod:80, housing/prod",
    "housing.prod.svc, housing/prod",
    "housing.prod.svc:80, housing/prod",
    "housing.prod.svc.cluster.local, housing/prod",
    "housing.prod.svcx, ''",
    "housing.prod.example.com, ''",
    "housing.other, ''",
    "prod, ''",
    "x.housing.prod, ''",
    ".prod, ''",
    "'', ''",
    "127.0.0.1:8080, ''",
    "[::1]:80, ''",
  })
  void hostsNameEndpoints(String host, String expected) {
    take(route("housing", "prod", "r1", 1));
    Optional<String> found =
        switchboard.routes().hosted(host).map(r -> r.endpoint() + "/" + r.namespace());
    assertThat(found.orElse("")).isEqualTo(expected);
  }

  @Test
  void aNameThatTwoNamespacesHaveIsTheDefaultOnes() {
    take(route("e", "a", "r", 1), route("e", "default", "r", 1), route("e", "b", "r", 1));
    assertThat(switchboard.routes().named("e").orElseThrow().namespace()).isEqualTo("default");
    assertThat(switchboard.routes().hosted("e.b").orElseThrow().namespace()).isEqualTo("b");
  }

  @Test
  void aServersHealthOutlivesTheTable() {
    take(route("e", "n", "r", 1, 2));
    var before = server(0);
    take(route("e", "n", "r", 1));
    assertThat(server(0)).isSameAs(before);
    take();
    take(route("e", "n", "r", 1));
    assertThat(server(0)).isNotSameAs(before);
  }

  @Test
  void thereIsHopeForAWhileAfterTheLastServerWent() {
    take(route("e", "n", "r"));
    assertThat(switchboard.routes().named("e").orElseThrow().mayHope()).isFalse();
    take(route("e", "n", "r", 1));
    assertThat(switchboard.routes().named("e").orElseThrow().mayHope()).isTrue();
    take(route("e", "n", "r"));
    assertThat(switchboard.routes().named("e").orElseThrow().mayHope()).isTrue();
  }

  @Test
  void theSeriesOfAFleetGoWithIt() throws Exception {
    for (int i = 0; i < 5; i++) {
      take(route("e", "n", "revision" + i, 1));
      var labels = new dev.berth.router.metrics.FleetLabels("e", "v", "revision" + i);
      metrics.fleet(labels).answered(200, 1000);
      metrics.fleet(labels).answered(424, 1000);
    }
    var page = new ByteArrayOutputStream();
    io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter.builder()
        .build()
        .write(page, metrics.registry().scrape());
    assertThat(page.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("berth_router_requests_total{code=\"424\",endpoint=\"e\",revision=\"revision4\"")
        .contains("berth_router_in_flight{endpoint=\"e\",revision=\"revision4\"")
        .doesNotContain("revision3");
  }

  private dev.berth.router.balance.Backend server(int i) {
    return switchboard
        .routes()
        .named("e")
        .orElseThrow()
        .all()
        .draw()
        .orElseThrow()
        .backends()
        .get(i);
  }
}

package dev.berth.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.table.Switchboard;
import dev.berth.serving.http.HttpServer;
import dev.berth.serving.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a kubelet sees. */
class AdminHandlerTest {
  @Test
  void aRouterWhoseTableIsLookedAfterNoMoreIsNotAlive() throws Exception {
    AtomicBoolean alive = new AtomicBoolean(true);
    RouterMetrics metrics = new RouterMetrics();
    AdminHandler handler =
        new AdminHandler(new Switchboard(metrics), metrics, alive::get, () -> false);
    try (HttpServer server =
            HttpServer.start(
                HttpServerOptions.defaults().on("127.0.0.1", 0).withThreads(1), handler);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(live(client, server.port()).statusCode()).isEqualTo(200);
      alive.set(false);
      HttpResponse<String> dead = live(client, server.port());
      assertThat(dead.statusCode()).isEqualTo(503);
      assertThat(dead.body()).contains("looked after the route table");
    }
  }

  private static HttpResponse<String> live(HttpClient client, int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/live");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}

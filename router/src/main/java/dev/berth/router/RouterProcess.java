package dev.berth.router;

import dev.berth.router.kubernetes.KubernetesSource;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.proxy.ProxyHandler;
import dev.berth.router.table.RouteSource;
import dev.berth.router.table.Switchboard;
import dev.berth.router.table.TableFile;
import dev.berth.serving.http.HttpServer;
import dev.berth.serving.http.HttpServerOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running router: its two servers and the source of its table. */
final class RouterProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RouterProcess.class);

  /** Routes have limits of their own; no route may allow more than this. */
  private static final long MAX_BODY_BYTES = 1L << 30;

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(25);

  private final RouterOptions options;
  private final HttpServer data;
  private final HttpServer admin;
  private final RouteSource source;
  private volatile boolean stopping;

  private RouterProcess(RouterOptions options) {
    this.options = options;
    RouterMetrics metrics = new RouterMetrics();
    Switchboard switchboard = new Switchboard(metrics);
    source = source(options, switchboard, metrics);
    HttpServerOptions defaults = HttpServerOptions.defaults();
    data =
        HttpServer.start(
            defaults
                .on(options.host(), options.port())
                .withBodies(MAX_BODY_BYTES, Runtime.getRuntime().maxMemory() / 6),
            new ProxyHandler(switchboard, metrics));
    admin =
        HttpServer.start(
            defaults.on(options.host(), options.adminPort()).withThreads(1),
            new AdminHandler(
                switchboard, metrics, () -> source.alive(System.nanoTime()), () -> stopping));
    log.info("routing on port {}, administration on port {}", port(), adminPort());
  }

  static RouterProcess start(RouterOptions options) {
    return new RouterProcess(options);
  }

  int port() {
    return data.port();
  }

  int adminPort() {
    return admin.port();
  }

  /** Stops without losing a request, which takes the lame duck's time and what requests take. */
  void drain() throws InterruptedException {
    stopping = true;
    log.info("stopping: draining {} connections", data.connections());
    boolean whole = data.drain(options.lameDuck(), options.lameDuck().plus(DRAIN_LIMIT));
    log.info(whole ? "drained" : "drained, but gave up on requests that took too long");
  }

  @Override
  public void close() {
    data.close();
    admin.close();
    source.close();
  }

  private static RouteSource source(
      RouterOptions options, Switchboard switchboard, RouterMetrics metrics) {
    if (options.table().isPresent()) {
      return TableFile.follow(options.table().get(), switchboard, metrics);
    }
    KubernetesClient client = new KubernetesClientBuilder().build();
    String namespace = options.namespace().orElseGet(client::getNamespace);
    return KubernetesSource.follow(client, namespace, options.name(), switchboard, metrics);
  }
}

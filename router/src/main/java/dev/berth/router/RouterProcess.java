package dev.berth.router;

import dev.berth.router.grpc.InferenceFront;
import dev.berth.router.kubernetes.KubernetesSource;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.proxy.ProxyHandler;
import dev.berth.router.table.RouteSource;
import dev.berth.router.table.Switchboard;
import dev.berth.router.table.TableFile;
import dev.berth.serving.grpc.GrpcServer;
import dev.berth.serving.grpc.GrpcServerOptions;
import dev.berth.serving.http.HttpServer;
import dev.berth.serving.http.HttpServerOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running router: its servers and the source of its table. */
final class RouterProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RouterProcess.class);

  /** Routes have limits of their own; no route may allow more than this. */
  private static final long MAX_BODY_BYTES = 1L << 30;

  /** A message of gRPC is held whole until its server has it. */
  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(25);

  private final RouterOptions options;
  private final HttpServer data;
  private final HttpServer admin;
  private final Optional<GrpcServer> grpc;
  private final RouteSource source;
  private volatile boolean stopping;

  private RouterProcess(RouterOptions options) {
    this.options = options;
    RouterMetrics metrics = new RouterMetrics();
    Switchboard switchboard = new Switchboard(metrics);
    source = source(options, switchboard, metrics);
    HttpServerOptions defaults = HttpServerOptions.defaults();
    ProxyHandler proxy = new ProxyHandler(switchboard, metrics);
    data =
        HttpServer.start(
            defaults.on(options.host(), options.port()).withBodies(MAX_BODY_BYTES, heldBytes()),
            proxy);
    grpc =
        options.grpcPort() < 0
            ? Optional.empty()
            : Optional.of(
                GrpcServer.start(
                    new GrpcServerOptions(
                        options.host(),
                        options.grpcPort(),
                        (int) Math.min(MAX_MESSAGE_BYTES, heldBytes()),
                        heldBytes(),
                        defaults.maxConnections(),
                        defaults.idleTimeout()),
                    new InferenceFront(switchboard, proxy)));
    admin =
        HttpServer.start(
            defaults.on(options.host(), options.adminPort()).withThreads(1),
            new AdminHandler(
                switchboard, metrics, () -> source.alive(System.nanoTime()), () -> stopping));
    log.info(
        "routing on port {}, {}, administration on port {}, by {}",
        port(),
        grpcPort().isPresent() ? "gRPC on port " + grpcPort().getAsInt() : "no gRPC",
        adminPort(),
        data.transport());
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

  /** The port of gRPC, unless that is turned off. */
  OptionalInt grpcPort() {
    return grpc.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty());
  }

  /** What large bodies may hold at one of the two ports. */
  private static long heldBytes() {
    return Runtime.getRuntime().maxMemory() / 6;
  }

  /** Stops without losing a request, which takes the lame duck's time and what requests take. */
  void drain() throws InterruptedException {
    stopping = true;
    log.info("stopping: draining {} connections", data.connections());
    Duration limit = options.lameDuck().plus(DRAIN_LIMIT);
    AtomicBoolean grpcWhole = new AtomicBoolean(true);
    Thread beside = Thread.ofPlatform().name("drain-grpc").start(() -> drainGrpc(limit, grpcWhole));
    boolean whole = data.drain(options.lameDuck(), limit);
    beside.join();
    whole &= grpcWhole.get();
    log.info(whole ? "drained" : "drained, but gave up on requests that took too long");
  }

  private void drainGrpc(Duration limit, AtomicBoolean whole) {
    try {
      if (grpc.isPresent()) {
        whole.set(grpc.get().drain(options.lameDuck(), limit));
      }
    } catch (InterruptedException _) {
      whole.set(false);
    }
  }

  @Override
  public void close() {
    grpc.ifPresent(GrpcServer::close);
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

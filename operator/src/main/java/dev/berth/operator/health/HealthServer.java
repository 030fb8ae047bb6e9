package dev.berth.operator.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Serves {@code /live}, {@code /ready} and {@code /metrics}. */
public final class HealthServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param port 0 picks a free one
   * @param live false when a restart is the only cure
   * @param ready false until the process can act or stand by
   * @throws IOException when the port is not free
   */
  public static HealthServer start(
      int port, BooleanSupplier live, BooleanSupplier ready, OperatorMetrics metrics)
      throws IOException {
    HealthServer health = new HealthServer(HttpServer.create(new InetSocketAddress(port), 0));
    health.server.setExecutor(health.threads);
    health.server.createContext("/live", exchange -> answer(exchange, live.getAsBoolean()));
    health.server.createContext("/ready", exchange -> answer(exchange, ready.getAsBoolean()));
    health.server.createContext("/metrics", exchange -> metrics(exchange, metrics));
    health.server.start();
    return health;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, boolean well) throws IOException {
    byte[] text = (well ? "ok\n" : "no\n").getBytes(StandardCharsets.UTF_8);
    send(exchange, well ? 200 : 503, "text/plain", text);
  }

  private static void metrics(HttpExchange exchange, OperatorMetrics metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(out);
    send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", out.toByteArray());
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

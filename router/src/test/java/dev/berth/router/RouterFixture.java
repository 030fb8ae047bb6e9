package dev.berth.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.serving.route.BackendAddress;
import dev.berth.serving.route.FleetRoute;
import dev.berth.serving.route.Route;
import dev.berth.serving.route.RouteLimits;
import dev.berth.serving.route.RouteTable;
import dev.berth.serving.route.RouteTableJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A router in this process, and the file that it follows. */
final class RouterFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path file;
  private final RouterProcess process;

  RouterFixture(Path directory, Route... routes) throws IOException {
    this(directory, RouteTableJson.write(new RouteTable(List.of(routes))));
  }

  /** A router whose table file is not there. */
  static RouterFixture withoutTable(Path directory) throws IOException {
    return new RouterFixture(directory, new byte[0]);
  }

  private RouterFixture(Path directory, byte[] table) throws IOException {
    file = directory.resolve("table.json");
    if (table.length > 0) {
      Files.write(file, table);
    }
    process =
        RouterProcess.start(
            new RouterOptions(
                Optional.of(file),
                Optional.empty(),
                "test",
                "127.0.0.1",
                0,
                0,
                0,
                Duration.ofMillis(100)));
  }

  static Route route(String endpoint, long generation, FleetRoute... fleets) {
    return new Route(endpoint, "default", generation, List.of(fleets), RouteLimits.DEFAULT);
  }

  static Route limited(Route route, long maxBodyBytes, int timeoutSeconds, int maxQueue) {
    return new Route(
        route.endpoint(),
        route.namespace(),
        route.generation(),
        route.fleets(),
        new RouteLimits(maxBodyBytes, timeoutSeconds, maxQueue));
  }

  static FleetRoute fleet(String variant, double weight, String... addresses) {
    return new FleetRoute(
        variant,
        "rev1",
        "e-" + variant + "-rev1",
        weight,
        FleetRoute.Routing.LeastOutstanding,
        Stream.of(addresses).map(BackendAddress::parse).toList());
  }

  int port() {
    return process.port();
  }

  RouterProcess process() {
    return process;
  }

  RawClient client() throws IOException {
    return new RawClient(port());
  }

  void write(Route... routes) throws IOException {
    write(new String(RouteTableJson.write(new RouteTable(List.of(routes))), UTF_8));
  }

  void write(String content) throws IOException {
    Path part = file.resolveSibling("table.json.part");
    Files.writeString(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void deleteTable() throws IOException {
    Files.delete(file);
  }

  /** Writes a table and waits until it is routed by. */
  void takes(Route... routes) throws Exception {
    write(routes);
    for (Route route : routes) {
      String entry =
          "{\"endpoint\":\"%s\",\"namespace\":\"default\",\"generation\":%d}"
              .formatted(route.endpoint(), route.generation());
      until(() -> admin("/table").contains(entry));
    }
  }

  String admin(String path) throws Exception {
    return adminStatus(path).body();
  }

  /** The value of a metric's line that begins so; 0 when there is none. */
  double metric(String name, String... labels) throws Exception {
    return admin("/metrics")
        .lines()
        .filter(line -> line.startsWith(name) && Stream.of(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  java.net.http.HttpResponse<String> adminStatus(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + process.adminPort() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  /** Waits for a condition. */
  static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}

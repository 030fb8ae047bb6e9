package dev.berth.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one router, kept running on the same port. Used by the shell's own thread only. */
final class RouterProcess {
  /** Its name in acknowledgements. */
  static final String NAME = "local";

  private static final Duration FIRST_DELAY = Duration.ofMillis(250);
  private static final int MOST_DOUBLINGS = 6;

  private final Workshop workshop;
  private final Path table;
  private final Address address;
  private int port;
  private Child child;
  private int crashes;
  private long notBeforeNanos = System.nanoTime();

  RouterProcess(Workshop workshop, Path table, Address address) {
    this.workshop = workshop;
    this.table = table;
    this.address = address;
    this.port = address.port();
  }

  Path log() {
    return workshop.place().logs().resolve("router.log");
  }

  boolean ready() {
    return child != null && child.ready();
  }

  /** The port that clients use; 0 while it is not chosen. */
  int port() {
    return port;
  }

  Optional<Child> child() {
    return Optional.ofNullable(child);
  }

  /** Starts it when it should run and does not. Returns words when it had ended by itself. */
  Optional<String> tend() throws IOException {
    Optional<String> news = Optional.empty();
    if (child != null && !child.alive()) {
      crashes = child.everReady() ? 1 : crashes + 1;
      int doublings = Math.min(crashes - 1, MOST_DOUBLINGS);
      notBeforeNanos = System.nanoTime() + FIRST_DELAY.multipliedBy(1L << doublings).toNanos();
      news = Optional.of("the router ended with code " + child.exitCode() + "; see " + log());
      child = null;
    }
    if (child == null && System.nanoTime() - notBeforeNanos >= 0) {
      start();
    }
    if (port == 0 && ready()) {
      port = child.ports().map(Child.Ports::data).orElse(0);
    }
    return news;
  }

  /** When {@link #tend} is due though nothing tells of it. */
  Optional<Duration> dueIn() {
    return child != null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, notBeforeNanos - System.nanoTime())));
  }

  /** What it routes by: generation by {@code namespace/endpoint}. Empty when it does not answer. */
  Map<String, Long> acknowledged() {
    Map<String, Long> generations = new HashMap<>();
    child()
        .filter(Child::ready)
        .flatMap(Child::ports)
        .flatMap(ports -> Loopback.json(ports.admin(), "/table"))
        .ifPresent(
            json ->
                json.path("routes")
                    .forEach(
                        route ->
                            generations.put(
                                route.path("namespace").asText()
                                    + "/"
                                    + route.path("endpoint").asText(),
                                route.path("generation").asLong())));
    return generations;
  }

  private void start() throws IOException {
    Path folder = workshop.place().routerProcess();
    Path ports = folder.resolve("ports.json");
    Launcher.Program program =
        new Launcher.Program(
            "dev.berth.router.Router",
            "router",
            List.of(),
            List.of(
                "--table=" + table,
                "--name=" + NAME,
                "--host=" + address.host(),
                "--port=" + port,
                "--admin-port=0",
                "--grpc-port=" + address.grpcPort(),
                "--port-file=" + ports,
                // Nothing takes over from it here, so there is nobody to send clients to.
                "--lame-duck-seconds=0",
                "--exit-with-stdin"),
            Map.of());
    Process process = workshop.launcher().start(program, log());
    ServerPlace.note(folder, process);
    child = new Child(process, ports, new Child.Probe(true, "/ready"), workshop.changed());
  }
}

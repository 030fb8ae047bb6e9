package dev.berth.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.state.AtomicFile;
import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.ObservedFleet.ModelReport;
import dev.berth.planner.ObservedFleet.ServerFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One fleet: as many model servers as it should have. Used by the shell's own thread only. */
final class FleetProcesses {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** From leaving the router's table to being asked to end: the router reads its table 5 times. */
  private static final Duration UNROUTED = Duration.ofSeconds(1);

  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(30);

  private record Leaving(Child child, long sinceNanos) {
    Duration since() {
      return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }
  }

  private final Workshop workshop;
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Leaving> leaving = new ArrayList<>();
  private Fleet fleet;
  private boolean removed;
  private ModelReport report;

  FleetProcesses(Workshop workshop, Fleet fleet) {
    this.workshop = workshop;
    this.fleet = fleet;
  }

  Fleet fleet() {
    return fleet;
  }

  /** Takes on a size. The rest of a fleet never changes. */
  void shape(Fleet wanted) {
    removed = false;
    fleet = wanted;
    resize();
  }

  void remove() {
    removed = true;
    resize();
  }

  /** Nothing of it is left. */
  boolean gone() {
    return removed && leaving.isEmpty();
  }

  void tryNow() {
    replicas.forEach(Replica::tryNow);
  }

  /** Starts what is due, buries what died, ends what has left the router's table long enough. */
  void tend() {
    for (Replica replica : replicas) {
      replica.reap(workshop.place().log(fleet, replica.slot()));
      if (replica.mayStart()) {
        start(replica);
      }
    }
    for (Leaving one : leaving) {
      if (one.since().compareTo(LONGEST_GOODBYE) > 0) {
        one.child().kill();
      } else if (!one.child().stopping() && one.since().compareTo(UNROUTED) >= 0) {
        one.child().stop();
      }
    }
    leaving.removeIf(one -> !one.child().alive());
    if (report == null) {
      report = replicas.stream().filter(Replica::ready).findFirst().flatMap(this::ask).orElse(null);
    }
  }

  /** When {@link #tend} has something to do that no process will tell of. */
  Optional<Duration> dueIn() {
    if (!leaving.isEmpty()) {
      return Optional.of(Duration.ofMillis(200));
    }
    return replicas.stream().map(Replica::dueIn).flatMap(Optional::stream).min(Duration::compareTo);
  }

  /** Addresses that the router may use. */
  List<String> backends() {
    return replicas.stream()
        .filter(Replica::ready)
        .map(replica -> replica.child().flatMap(Child::ports))
        .flatMap(Optional::stream)
        .map(ports -> "127.0.0.1:" + ports.data())
        .toList();
  }

  ObservedFleet observe() {
    List<ServerFailure> failures =
        replicas.stream().map(Replica::failure).flatMap(Optional::stream).toList();
    int ready = (int) replicas.stream().filter(Replica::ready).count();
    return new ObservedFleet(
        fleet.name(),
        fleet.variant().name(),
        fleet.revision(),
        fleet.serverImage(),
        removed ? 0 : fleet.replicas(),
        ready,
        leaving.isEmpty(),
        failures,
        Optional.ofNullable(report),
        "");
  }

  /** Every process of it, for the end of the shell. */
  List<Child> children() {
    List<Child> all = new ArrayList<>();
    replicas.forEach(replica -> replica.child().ifPresent(all::add));
    leaving.forEach(one -> all.add(one.child()));
    return all;
  }

  private void resize() {
    int size = removed ? 0 : fleet.replicas();
    while (replicas.size() < size) {
      replicas.add(new Replica(replicas.size()));
    }
    while (replicas.size() > size) {
      replicas
          .removeLast()
          .child()
          .ifPresent(child -> leaving.add(new Leaving(child, System.nanoTime())));
    }
  }

  private void start(Replica replica) {
    switch (workshop.setups().of(fleet)) {
      case ServerSetup.Incomplete(ServerFailure failure) -> replica.notStarted(failure);
      case ServerSetup.Complete(JsonNode config, Map<String, String> environment) -> {
        try {
          start(replica, config, environment);
        } catch (IOException e) {
          replica.notStarted(
              new ServerFailure("NotStarted", "no process could be started: " + e, false));
        }
      }
    }
  }

  private void start(Replica replica, JsonNode config, Map<String, String> environment)
      throws IOException {
    Path folder = workshop.place().process(fleet);
    Path configFile = workshop.place().config(fleet);
    AtomicFile.write(configFile, JSON.writeValueAsBytes(config));
    Path ports = folder.resolve("ports.json");
    Path words = folder.resolve("termination.json");
    Launcher.Program program =
        new Launcher.Program(
            "dev.berth.modelserver.ModelServer",
            "model-server",
            JvmSize.flags(fleet.variant().resources()),
            List.of(
                "--config=" + configFile,
                "--host=127.0.0.1",
                "--port=0",
                "--admin-port=0",
                "--grpc-port=-1",
                "--port-file=" + ports,
                "--termination-log=" + words,
                "--lame-duck-seconds=1",
                "--exit-with-stdin"),
            environment);
    Process process =
        workshop.launcher().start(program, workshop.place().log(fleet, replica.slot()));
    ServerPlace.note(folder, process);
    replica.started(
        new Child(process, ports, new Child.Probe(false, "/ping"), workshop.changed()), words);
  }

  private Optional<ModelReport> ask(Replica replica) {
    return replica
        .child()
        .flatMap(Child::ports)
        .flatMap(ports -> Loopback.json(ports.admin(), "/models"))
        .map(json -> json.path("models").path(0))
        .filter(model -> model.has("format"))
        .map(
            model ->
                new ModelReport(
                    model.path("format").asText(),
                    model.path("xgboostVersion").asText(),
                    model.path("objective").asText(),
                    model.path("numFeatures").asInt(),
                    model.path("numTrees").asInt(),
                    model.path("sizeBytes").asLong(),
                    model.path("sha256").asText()));
  }
}

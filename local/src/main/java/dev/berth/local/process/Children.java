package dev.berth.local.process;

import dev.berth.api.EndpointRoute;
import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All processes of a shell. Says what runs, makes it so, and ends it. Used by the shell's own
 * thread only, but for {@link #stopAll}.
 */
public final class Children {
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  /**
   * A JVM that ends by writing its AOT cache needs some seconds more, and minutes on a busy
   * machine.
   */
  private static final Duration GOODBYE_RECORDING = Duration.ofMinutes(2);

  /** A fleet's place among all namespaces. */
  private record Key(String namespace, String name) {}

  private final Workshop workshop;
  private final RouterProcess router;
  private final Path table;
  private final Map<Key, FleetProcesses> fleets = new LinkedHashMap<>();

  /**
   * @param table the router's table file
   * @param address the router's
   */
  public Children(Workshop workshop, Path table, Address address) {
    this.workshop = workshop;
    this.table = table;
    this.router = new RouterProcess(workshop, table, address);
  }

  /** Fleets of an Endpoint that have processes or should have. */
  public List<ObservedFleet> observe(String namespace, String endpoint) {
    return of(namespace, endpoint).map(FleetProcesses::observe).toList();
  }

  /** Every fleet with what it was made from. */
  public List<RunningFleet> running() {
    return fleets.values().stream().map(f -> new RunningFleet(f.fleet(), f.observe())).toList();
  }

  /** A fleet and its observation. */
  public record RunningFleet(Fleet fleet, ObservedFleet observed) {}

  /**
   * Makes an Endpoint's fleets so.
   *
   * @param wanted fleets to run, in this shape
   * @param keep names of fleets to leave as they are; others of the Endpoint are removed
   */
  public void apply(String namespace, String endpoint, List<Fleet> wanted, Set<String> keep) {
    for (Fleet fleet : wanted) {
      fleets
          .computeIfAbsent(
              new Key(namespace, fleet.name()), _ -> new FleetProcesses(workshop, fleet))
          .shape(fleet);
    }
    Set<String> names =
        Stream.concat(wanted.stream().map(Fleet::name), keep.stream()).collect(Collectors.toSet());
    of(namespace, endpoint)
        .filter(fleet -> !names.contains(fleet.fleet().name()))
        .forEach(FleetProcesses::remove);
  }

  /** Starts, buries and ends what is due. Returns news for people. */
  public Optional<String> tend() throws IOException {
    fleets.values().forEach(FleetProcesses::tend);
    fleets.values().removeIf(FleetProcesses::gone);
    return router.tend();
  }

  /** Something changed that starts may have waited for. */
  public void tryNow() {
    fleets.values().forEach(FleetProcesses::tryNow);
  }

  /** Tells the router. */
  public void route(Collection<EndpointRoute> routes) {
    RouteTable.write(table, routes, this::backends);
  }

  /** Whether a fleet has an address that the router may use. */
  public boolean serves(String namespace, String fleet) {
    return !backends(namespace, fleet).isEmpty();
  }

  private List<String> backends(String namespace, String name) {
    FleetProcesses fleet = fleets.get(new Key(namespace, name));
    return fleet == null ? List.of() : fleet.backends();
  }

  /** The router's name, under which it acknowledges. */
  public String routerName() {
    return RouterProcess.NAME;
  }

  /** Whether the router takes requests now. */
  public boolean routing() {
    return router.ready();
  }

  /** The port that clients use; 0 while the router has not chosen. */
  public int port() {
    return router.port();
  }

  /** Generations that the router routes by, by {@code namespace/endpoint}. */
  public Map<String, Long> acknowledged() {
    return router.acknowledged();
  }

  /** How long until {@link #tend} is due though no process changes. */
  public Optional<Duration> dueIn() {
    return Stream.concat(
            fleets.values().stream().map(FleetProcesses::dueIn), Stream.of(router.dueIn()))
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  /** Ends the router, then the servers: what runs is answered, what will not end is killed. */
  public void stopAll() throws InterruptedException {
    end(router.child().stream().toList());
    List<Child> servers = new ArrayList<>();
    fleets.values().forEach(fleet -> servers.addAll(fleet.children()));
    end(servers);
  }

  private Stream<FleetProcesses> of(String namespace, String endpoint) {
    return fleets.values().stream()
        .filter(fleet -> fleet.fleet().namespace().equals(namespace))
        .filter(fleet -> fleet.fleet().endpoint().equals(endpoint));
  }

  private static void end(List<Child> children) throws InterruptedException {
    children.forEach(Child::stop);
    Instant limit =
        Instant.now()
            .plus(System.getProperty(Launcher.RECORD) == null ? GOODBYE : GOODBYE_RECORDING);
    for (Child child : children) {
      Duration left = Duration.between(Instant.now(), limit);
      if (!child.awaitEnd(left.isNegative() ? Duration.ZERO : left)) {
        child.kill();
      }
    }
  }
}

package dev.berth.local.shell;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.local.console.Console;
import dev.berth.local.console.EndpointTable;
import dev.berth.local.manifest.ManifestFolder;
import dev.berth.local.manifest.Manifests;
import dev.berth.local.mount.Mounts;
import dev.berth.local.process.Address;
import dev.berth.local.process.Children;
import dev.berth.local.process.Launcher;
import dev.berth.local.process.ServerPlace;
import dev.berth.local.process.Workshop;
import dev.berth.local.state.Registry;
import dev.berth.local.state.Routes;
import dev.berth.local.state.StateFolder;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.EndpointView;
import dev.berth.planner.Planner;
import dev.berth.planner.ReferencePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One folder's shell: gather, plan, apply, report, until it is told to stop. */
final class LocalShell {
  /** A look though nothing rang: cheap, and what no bell tells of is seen. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  /** How often the router is asked while its word is awaited. */
  private static final Duration AWAITING_WORD = Duration.ofMillis(50);

  private final Path folder;
  private final Registry registry;
  private final Routes routes;
  private final Children children;
  private final Bell bell;
  private final Story story;
  private volatile boolean stopping;
  private Duration next = IDLE;

  private LocalShell(Path folder, StateFolder state, Story story, Address address)
      throws IOException {
    this.folder = folder;
    this.story = story;
    this.bell = new Bell();
    this.registry = Registry.open(state.resources());
    this.routes = Routes.open(state.routes());
    Path base = Files.isDirectory(folder) ? folder : folder.toAbsolutePath().getParent();
    Workshop workshop =
        new Workshop(
            Launcher.ofThisProcess(),
            new ServerPlace(state.run(), state.logs()),
            new Mounts(base, state.mounts(), registry::manifests),
            bell::ring);
    this.children = new Children(workshop, state.table(), address);
  }

  static LocalShell of(Path folder, StateFolder state, Console console, Address address)
      throws IOException {
    return new LocalShell(folder, state, new Story(console), address);
  }

  /** Runs until {@link #stop}; then ends every process that it started. */
  void run() throws IOException, InterruptedException {
    Thread watch = Thread.ofVirtual().start(new FolderWatch(folder, bell::folderChanged)::run);
    try {
      while (!stopping) {
        turn();
        bell.await(next);
      }
    } finally {
      watch.interrupt();
      story.stopping();
      children.stopAll();
    }
  }

  /** Told from any thread. */
  void stop() {
    stopping = true;
    bell.ring();
  }

  private void turn() throws IOException {
    next = IDLE;
    if (bell.takeFolderChange()) {
      readFolder();
    }
    // The table exists before the router that reads it.
    children.route(routes.all());
    children.tend().ifPresent(story::news);
    if (routes.awaitsWord(children.routerName())) {
      routes.acknowledge(children.routerName(), children.acknowledged(), Instant.now());
      lookAgain(AWAITING_WORD);
    }
    for (Endpoint endpoint : registry.endpoints()) {
      story.guarded(endpoint, () -> plan(endpoint));
    }
    planReferences();
    routes.renew(children::serves);
    children.route(routes.all());
    children.dueIn().ifPresent(this::lookAgain);
    tell();
  }

  private void readFolder() throws IOException {
    Manifests read;
    try {
      read = ManifestFolder.read(folder, registry.standing());
    } catch (IOException e) {
      story.news("the folder cannot be read: " + e + "; what stood before serves on");
      return;
    }
    registry.take(read, Instant.now());
    children.tryNow();
    story.read(read, folder);
  }

  private void plan(Endpoint endpoint) throws IOException {
    String namespace = endpoint.getMetadata().getNamespace();
    String name = endpoint.getMetadata().getName();
    EndpointPlan plan =
        Planner.plan(
            new EndpointView(
                endpoint,
                byName(registry.configs(), namespace),
                byName(registry.models(), namespace),
                children.observe(namespace, name),
                routes.find(namespace, name),
                Set.of(children.routerName()),
                Map.of(children.routerName(), Instant.EPOCH),
                List.of(),
                url(name),
                "",
                Instant.now()));
    routes.set(namespace, name, plan.route());
    children.apply(namespace, name, plan.fleets(), plan.keep());
    boolean reported = registry.report(endpoint, plan.status());
    plan.events().forEach(event -> story.event(endpoint, event));
    plan.fleets().forEach(story::size);
    plan.lookAgain().ifPresent(this::lookAgain);
    if (plan.released()) {
      registry.release(endpoint, Instant.now());
      story.gone(endpoint);
    }
    if (reported || plan.released() || routes.awaitsWord(children.routerName())) {
      // What was just written is part of the next view.
      lookAgain(AWAITING_WORD);
    }
  }

  private void planReferences() throws IOException {
    References references =
        new References(
            registry.endpoints(),
            registry.configs(),
            registry.models(),
            children.running(),
            Instant.now());
    for (EndpointConfig config : references.configs()) {
      report(config, Planner.plan(references.of(config)));
    }
    for (Model model : references.models()) {
      report(model, Planner.plan(references.of(model)));
    }
  }

  private void report(HasMetadata resource, ReferencePlan<?> plan) throws IOException {
    registry.report(resource, plan.status());
    plan.events().forEach(event -> story.event(resource, event));
    if (resource.getMetadata().getDeletionTimestamp() != null && plan.released()) {
      registry.release(resource, Instant.now());
      story.gone(resource);
    }
  }

  private void tell() {
    List<Endpoint> endpoints = registry.endpoints();
    story.show(
        endpoints,
        children.routing() && !routes.awaitsWord(children.routerName()),
        (namespace, model) ->
            registry.models().stream()
                .filter(m -> m.getMetadata().getNamespace().equals(namespace))
                .filter(m -> m.getMetadata().getName().equals(model))
                .findFirst());
    if (!endpoints.stream().allMatch(EndpointTable::inService)) {
      lookAgain(Duration.ofMillis(500));
    }
  }

  private String url(String endpoint) {
    return "http://localhost:" + children.port() + "/endpoints/" + endpoint;
  }

  private void lookAgain(Duration in) {
    next = in.compareTo(next) < 0 ? in : next;
  }

  private static <T extends HasMetadata> Map<String, T> byName(List<T> all, String namespace) {
    return all.stream()
        .filter(one -> one.getMetadata().getNamespace().equals(namespace))
        .collect(Collectors.toMap(one -> one.getMetadata().getName(), Function.identity()));
  }
}

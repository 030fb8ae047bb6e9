package dev.berth.local.shell;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointStatus;
import dev.berth.api.Model;
import dev.berth.local.console.Console;
import dev.berth.local.console.CurlLine;
import dev.berth.local.console.EndpointTable;
import dev.berth.local.manifest.Manifests;
import dev.berth.planner.Fleet;
import dev.berth.planner.PlannedEvent;
import dev.berth.planner.PlannedEvent.Severity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What the shell tells, and what it has told already. */
final class Story {
  private final Console console;
  private final Set<String> once = new HashSet<>();
  private final Map<String, String> faults = new HashMap<>();
  private Set<String> problems = Set.of();
  private boolean live = true;

  Story(Console console) {
    this.console = console;
  }

  /** Something that may fail for one resource must not stop the others. */
  interface Step {
    void run() throws IOException;
  }

  void guarded(HasMetadata resource, Step step) {
    String name = name(resource);
    try {
      step.run();
      faults.remove(name);
    } catch (IOException | RuntimeException e) {
      if (!e.toString().equals(faults.put(name, e.toString()))) {
        console.event(name + "  could not be planned, and stays as it is: " + e);
      }
    }
  }

  void news(String text) {
    console.event(text);
  }

  void event(HasMetadata resource, PlannedEvent event) {
    String warning = event.severity() == Severity.Warning ? "Warning " : "";
    console.event(name(resource) + "  " + warning + event.reason() + ": " + event.message());
  }

  /** What a reading found; a problem that stands is told once. */
  void read(Manifests manifests, Path folder) {
    Set<String> now =
        manifests.problems().stream().map(Object::toString).collect(Collectors.toSet());
    now.stream()
        .filter(problem -> !problems.contains(problem))
        .sorted()
        .forEach(problem -> console.event("not taken: " + problem));
    if (now.isEmpty() && !problems.isEmpty()) {
      console.event("all manifests are taken again");
    }
    problems = now;
    manifests.notes().forEach(note -> tellOnce(note.toString()));
    if (manifests.all(Endpoint.class).isEmpty()) {
      tellOnce("no Endpoint in " + folder + ": nothing to run until there is one");
    }
  }

  /** Says what of a fleet's size is not acted on here. */
  void size(Fleet fleet) {
    if (fleet.variant().autoscaling() != null) {
      tellOnce(
          fleet.endpoint()
              + ": variant "
              + fleet.variant().name()
              + " asks for autoscaling, which needs a cluster; here it runs "
              + fleet.replicas()
              + " replica(s)");
    }
  }

  void gone(HasMetadata resource) {
    once.removeIf(told -> told.startsWith(name(resource) + " "));
    console.event(name(resource) + "  removed");
  }

  void stopping() {
    console.endTable();
    console.event("stopping");
  }

  /**
   * Shows where the Endpoints are, and how to call those that came into service.
   *
   * @param routing whether the router takes requests
   * @param models by namespace and name
   */
  void show(
      List<Endpoint> endpoints,
      boolean routing,
      BiFunction<String, String, Optional<Model>> models) {
    boolean all =
        routing && !endpoints.isEmpty() && endpoints.stream().allMatch(EndpointTable::inService);
    console.show(endpoints, live);
    if (live && all) {
      live = false;
      console.endTable();
    }
    for (Endpoint endpoint : endpoints) {
      if (routing && EndpointTable.inService(endpoint)) {
        curl(endpoint, models);
      }
    }
  }

  private void curl(Endpoint endpoint, BiFunction<String, String, Optional<Model>> models) {
    EndpointStatus status = endpoint.getStatus();
    String namespace = endpoint.getMetadata().getNamespace();
    String told = name(endpoint) + " curl";
    if (status.variants() == null || once.contains(told)) {
      return;
    }
    status.variants().stream()
        .flatMap(variant -> models.apply(namespace, variant.modelName()).stream())
        .findFirst()
        .flatMap(model -> CurlLine.of(status.url(), model))
        .ifPresent(
            line -> {
              once.add(told);
              console.say("");
              console.say("  " + line);
              console.say("");
            });
  }

  private void tellOnce(String text) {
    if (once.add(text)) {
      console.event(text);
    }
  }

  private static String name(HasMetadata resource) {
    return resource.getKind() + " " + resource.getMetadata().getName();
  }
}

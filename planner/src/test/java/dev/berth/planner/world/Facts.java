package dev.berth.planner.world;

import dev.berth.api.Condition;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointRouteSpec.RouteLimits;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.LastFailure;
import dev.berth.api.EndpointStatus.UpdateStatus;
import dev.berth.planner.Fleet;
import dev.berth.planner.PlannedEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is so in a world, in words. */
final class Facts {
  private final World world;
  private final Set<String> facts = new LinkedHashSet<>();

  private Facts(World world) {
    this.world = world;
  }

  static Set<String> of(World world) {
    Facts facts = new Facts(world);
    facts.status();
    facts.conditions();
    facts.fleets();
    facts.route();
    facts.rest();
    return facts.facts;
  }

  /** A fact that begins with "says" is a part of some condition's message. */
  static boolean holds(World world, Set<String> facts, String fact) {
    return fact.startsWith("says ")
        ? world.status().conditions().stream()
            .anyMatch(c -> c.message().contains(fact.substring("says ".length())))
        : facts.contains(fact);
  }

  private void status() {
    EndpointStatus status = world.status();
    facts.add(status.phase().name());
    facts.add("serving " + status.endpointConfigName());
    facts.add("previous " + status.previousEndpointConfigName());
    UpdateStatus update = status.update();
    facts.add("step " + (update == null ? "none" : update.step()));
    if (update != null) {
      facts.add("waiting for " + update.waitingFor());
      facts.add("shifted " + update.shiftedPercent());
      facts.add("from " + update.from() + " to " + update.to());
    }
    LastFailure failure = status.lastFailure();
    facts.add(
        failure == null
            ? "no failure"
            : "failure " + failure.endpointConfigName() + " " + failure.reason());
    if (failure != null) {
      facts.add("failure: " + failure.message());
    }
    status
        .variants()
        .forEach(v -> facts.add(world.label(v.revision()) + "/" + v.name() + " is " + v.phase()));
    status
        .variants()
        .forEach(
            v ->
                facts.add(
                    "%s/%s weighs %s, should %s"
                        .formatted(
                            world.label(v.revision()), v.name(), v.weight(), v.desiredWeight())));
  }

  private void conditions() {
    for (Condition c : world.status().conditions()) {
      facts.add(c.type() + "=" + c.status());
      facts.add(c.type() + "=" + c.status() + " " + c.reason());
    }
  }

  private void fleets() {
    facts.add("fleets " + labels(world.fleets.values().stream().map(fleet -> fleet.revision)));
    facts.add(
        "kept "
            + labels(
                world.plan.keep().stream()
                    .filter(world.fleets::containsKey)
                    .map(name -> world.fleets.get(name).revision)));
    for (Fleet fleet : world.plan.fleets()) {
      String name = world.label(fleet.revision()) + "/" + fleet.variant().name();
      facts.add("%s x%d".formatted(name, fleet.replicas()));
      facts.add("%s runs %s".formatted(name, fleet.serverImage()));
      if (fleet.variant().autoscaling() != null) {
        facts.add("%s floor %d".formatted(name, fleet.variant().autoscaling().minReplicas()));
      }
    }
  }

  private void route() {
    if (world.route().isEmpty()) {
      facts.add("route none");
      return;
    }
    List<FleetRoute> route = world.route().get().getSpec().fleets();
    facts.add("route " + labels(route.stream().map(FleetRoute::revision)));
    facts.add(
        "weights "
            + route.stream()
                .map(share -> share.variant() + "=" + share.weight())
                .collect(Collectors.joining(" ")));
    route.forEach(share -> facts.add(share.variant() + " routed " + share.routing()));
    RouteLimits limits = world.route().get().getSpec().limits();
    facts.add(
        "limit %d bytes, %d s, queue %d"
            .formatted(limits.maxBodyBytes(), limits.timeoutSeconds(), limits.maxQueue()));
  }

  private void rest() {
    facts.add(
        world.plan.lookAgain().map(d -> "look in " + d.toSeconds() + "s").orElse("look never"));
    facts.add(
        world.events.isEmpty()
            ? "no events"
            : world.events.stream()
                .map(PlannedEvent::reason)
                .collect(Collectors.joining(" ", "events ", "")));
    facts.add(world.plan.needsRouter() ? "needs router" : "needs no router");
    facts.add(world.released ? "released" : "not released");
  }

  private String labels(Stream<String> revisions) {
    String joined =
        revisions.map(world::label).distinct().sorted().collect(Collectors.joining(" "));
    return joined.isEmpty() ? "none" : joined;
  }
}

package dev.berth.planner.world;

import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointStatus;
import dev.berth.planner.EndpointPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A world in which anything happens, the same for the same seed. {@code v3} is a bad model. */
public final class RandomLife {
  private static final String BAD = "v3";
  private static final List<String> GOOD = List.of("v1", "v2", "split", "three");
  private static final int MEMORY = 5;
  private static final int ENOUGH_TO_REST = 40;

  private final long seed;
  private final Random random;
  private final World world = new World("v1");
  private final List<String> log = new ArrayList<>();
  private final List<EndpointStatus> statuses = new ArrayList<>();

  public RandomLife(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    statuses.add(null);
  }

  public void live(int happenings) {
    for (int i = 0; i < happenings; i++) {
      happen(something());
      for (int n = random.nextInt(3); n > 0; n--) {
        operate();
      }
    }
  }

  /** All is there again, routers obey, good fleets become ready, time passes. */
  public World comeToRest() {
    Catalogue.configNames().forEach(name -> happen("create config " + name));
    Set.of("m1", "m2", "m3").forEach(name -> happen("create model " + name));
    happen("freed");
    happen("update");
    if (random.nextBoolean() && world.status() != null && world.status().revision() != null) {
      happen("configure " + BAD);
    } else {
      happen("configure " + pick(GOOD));
    }
    happen("routers return");
    for (int i = 0; i < ENOUGH_TO_REST; i++) {
      reconcile();
      settleFleets();
      happen("routers obey");
      reconcile();
      happen("pass 30S");
    }
    reconcile();
    reconcile();
    return world;
  }

  private String something() {
    String config = pick(List.of("v1", "v2", "v2", BAD, "split", "three"));
    return switch (random.nextInt(22)) {
      case 0, 1, 2 -> "configure " + config;
      case 3, 4, 5, 6 -> "fleets become ready";
      case 7, 8, 9 -> "router " + pick(List.of("r1", "r2", "r3")) + " obeys";
      case 10 -> "router " + pick(List.of("r1", "r2", "r3")) + " joins";
      case 11 -> "router " + pick(List.of("r1", "r2", "r3")) + " leaves";
      case 12 -> "lose config " + config;
      case 13 -> "create config " + config;
      case 14 -> "lose model m2";
      case 15 -> "create model m2";
      case 16 ->
          "override stable weight=" + random.nextInt(3) + " replicas=" + (1 + random.nextInt(3));
      case 17 ->
          random.nextBoolean() ? "update paused=true wait=20" : "update wait=20 termination=3";
      case 18 -> "a fleet has none ready";
      case 19 -> "routers obey";
      default -> "pass " + pick(List.of("1S", "6S", "30S", "70S", "300S"));
    };
  }

  private void happen(String what) {
    log.add(what);
    switch (what) {
      case "fleets become ready" -> settleFleets();
      case "a fleet has none ready" ->
          world.fleets.values().stream()
              .skip(random.nextInt(1 + world.fleets.size()))
              .findFirst()
              .ifPresent(fleet -> fleet.becomeReady(0));
      default -> {
        if (!what.endsWith("obeys") || world.routers.contains(what.split(" ", -1)[1])) {
          Happening.happen(world, what);
        }
      }
    }
  }

  private void settleFleets() {
    for (SimulatedFleet fleet : world.fleets.values()) {
      if (isBad(fleet.revision)) {
        fleet.ready = 0;
        fleet.failures = SimulatedFleet.checksumMismatch();
      } else {
        fleet.becomeReady(fleet.desired);
      }
    }
  }

  /** A pass of the operator, which may die in its middle. */
  private void operate() {
    switch (random.nextInt(6)) {
      case 0 -> {
        log.add("operator dies before it reports");
        apply(world.decide());
      }
      case 1 -> {
        log.add("operator dies before it applies");
        world.report(world.decide());
      }
      case 2 -> {
        log.add("operator reads an old status");
        EndpointStatus current = world.status();
        world.writeStatus(pick(statuses));
        apply(world.decide());
        world.writeStatus(current);
      }
      default -> reconcile();
    }
    statuses.add(world.status());
    statuses.subList(0, Math.max(0, statuses.size() - MEMORY)).clear();
  }

  private void reconcile() {
    log.add("operator works");
    EndpointPlan plan = world.decide();
    apply(plan);
    world.report(plan);
  }

  private void apply(EndpointPlan plan) {
    try {
      world.apply(plan);
    } catch (AssertionError e) {
      throw new AssertionError(this + e.getMessage(), e);
    }
    Set<String> routed = new TreeSet<>();
    world.route().stream()
        .flatMap(route -> route.getSpec().fleets().stream())
        .map(FleetRoute::revision)
        .forEach(routed::add);
    if (routed.stream().anyMatch(this::isBad)) {
      throw new AssertionError(this + "a bad model is routed");
    }
  }

  private boolean isBad(String revision) {
    return world.label(revision).equals(BAD);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Override
  public String toString() {
    return "seed %d: %s: ".formatted(seed, String.join(", ", log));
  }
}

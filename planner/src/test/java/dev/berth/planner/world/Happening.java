package dev.berth.planner.world;

import dev.berth.api.EndpointSpec;
import dev.berth.api.EndpointSpec.BlueGreen;
import dev.berth.api.EndpointSpec.Limits;
import dev.berth.api.EndpointSpec.Update;
import dev.berth.api.EndpointSpec.VariantOverride;
import dev.berth.planner.ObservedFleet.ServerFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What can happen to a world, in words. */
final class Happening {
  private final World world;
  private final String[] words;

  private Happening(World world, String text) {
    this.world = world;
    this.words = text.split(" ", -1);
  }

  static void happen(World world, String text) {
    Happening happening = new Happening(world, text);
    switch (happening.words[0]) {
      case "nothing" -> {}
      case "configure" -> happening.configure(happening.words[1]);
      case "create" -> happening.create(happening.words[1], happening.words[2]);
      case "lose" -> happening.lose(happening.words[1], happening.words[2]);
      case "replace" -> happening.replaceModel(happening.words[2]);
      case "override" -> happening.override();
      case "update" -> happening.update();
      case "limit" -> happening.limit();
      case "touch" -> world.edit(world.spec());
      case "pass" -> world.pass(Duration.parse("PT" + happening.words[1]));
      case "routers" -> happening.routers(happening.words[1]);
      case "router" -> happening.router(happening.words[1], happening.words[2]);
      case "taken" -> world.taken.add(happening.words[1]);
      case "freed" -> world.taken.clear();
      case "delete" -> world.delete();
      case "image" -> world.serverImage = happening.words[1];
      case "forget" -> world.writeStatus(null);
      default -> happening.fleet();
    }
    world.rememberLabels();
  }

  private void configure(String config) {
    EndpointSpec old = world.spec();
    world.edit(new EndpointSpec(config, old.variants(), old.update(), old.paused(), old.limits()));
  }

  private void create(String kind, String name) {
    switch (kind) {
      case "config" -> world.configs.put(name, Catalogue.config(name));
      default -> world.models.put(name, Catalogue.model(name));
    }
  }

  private void lose(String kind, String name) {
    switch (kind) {
      case "config" -> world.configs.remove(name);
      case "fleet" -> named(name).toList().forEach(fleet -> world.fleets.remove(fleet.name));
      default -> world.models.remove(name);
    }
  }

  private void replaceModel(String name) {
    world.models.put(name, Catalogue.model(name, "s3://models/other.ubj"));
  }

  /** {@code override stable weight=3 replicas=4}; {@code override} alone takes them back. */
  private void override() {
    EndpointSpec old = world.spec();
    List<VariantOverride> overrides =
        words.length == 1
            ? null
            : List.of(new VariantOverride(words[1], number("weight"), replicas()));
    world.edit(
        new EndpointSpec(
            old.endpointConfigName(), overrides, old.update(), old.paused(), old.limits()));
  }

  private Double number(String name) {
    return value(name).map(Double::valueOf).findFirst().orElse(null);
  }

  private Integer replicas() {
    return value("replicas").map(Integer::valueOf).findFirst().orElse(null);
  }

  /** {@code update wait=30 termination=10 timeout=600 paused=true}. */
  private void update() {
    EndpointSpec old = world.spec();
    BlueGreen blueGreen = new BlueGreen(null, seconds("wait"), seconds("termination"));
    Boolean paused = value("paused").map(Boolean::valueOf).findFirst().orElse(null);
    Update update = new Update(null, blueGreen, seconds("timeout"));
    world.edit(
        new EndpointSpec(old.endpointConfigName(), old.variants(), update, paused, old.limits()));
  }

  private Integer seconds(String name) {
    return value(name).map(Integer::valueOf).findFirst().orElse(null);
  }

  /** {@code limit 5 timeout=7 queue=3}: bytes, seconds, requests. */
  private void limit() {
    EndpointSpec old = world.spec();
    Limits limits = new Limits(Long.valueOf(words[1]), seconds("timeout"), seconds("queue"));
    world.edit(
        new EndpointSpec(
            old.endpointConfigName(), old.variants(), old.update(), old.paused(), limits));
  }

  private void routers(String verb) {
    switch (verb) {
      case "obey" -> world.routers.forEach(world::obey);
      case "leave" -> Set.copyOf(world.routers).forEach(world::loseRouter);
      case "return" -> world.routers.addAll(Set.of("r1", "r2"));
      default -> throw new IllegalArgumentException(verb);
    }
  }

  private void router(String name, String verb) {
    switch (verb) {
      case "obeys" -> world.obey(name);
      case "leaves" -> world.loseRouter(name);
      case "joins" -> world.routers.add(name);
      case "unready" -> world.unready.add(name);
      case "ready" -> {
        world.unready.remove(name);
        world.readySince.put(name, world.now);
      }
      default -> throw new IllegalArgumentException(verb);
    }
  }

  /** {@code v2 ready}, {@code v2/stable has 2}, {@code v2 grows 8}, {@code v2 fails Reason}. */
  private void fleet() {
    List<SimulatedFleet> fleets = named(words[0]).toList();
    if (fleets.isEmpty()) {
      throw new IllegalArgumentException("no fleet of " + words[0]);
    }
    for (SimulatedFleet fleet : fleets) {
      switch (words[1]) {
        case "ready" -> fleet.becomeReady(fleet.desired);
        case "has" -> fleet.becomeReady(Integer.parseInt(words[2]));
        case "grows" -> {
          fleet.desired = Integer.parseInt(words[2]);
          fleet.ready = fleet.desired;
        }
        case "fails" -> fail(fleet);
        default -> throw new IllegalArgumentException(String.join(" ", words));
      }
    }
  }

  /** {@code v2 fails CrashLoopBackOff}, {@code v2 fails ChecksumMismatch permanently}. */
  private void fail(SimulatedFleet fleet) {
    boolean permanent = words.length > 3;
    fleet.ready = 0;
    fleet.failures = List.of(new ServerFailure(words[2], "because of " + words[2], permanent));
  }

  private Stream<SimulatedFleet> named(String name) {
    String[] parts = name.split("/", -1);
    return world.fleets.values().stream()
        .filter(fleet -> world.label(fleet.revision).equals(parts[0]))
        .filter(fleet -> parts.length == 1 || fleet.variant.equals(parts[1]));
  }

  private Stream<String> value(String name) {
    return Stream.of(words)
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1));
  }
}

package dev.berth.planner.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.EndpointStatus;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.Planner;
import java.util.Set;

/**
 * Plays a table: each line is what happens, {@code |}, and facts that are so once the operator has
 * nothing more to do, separated by {@code ;}. A line without a left side goes on with the facts.
 *
 * <p>After each line the world must be at rest: to plan it again changes nothing and says nothing.
 */
public final class Story {
  private static final int MAX_ROUNDS = 12;

  /** What goes wrong each time the operator starts to work. */
  public enum Accident {
    NONE,
    DIES_BEFORE_IT_REPORTS,
    DIES_BEFORE_IT_APPLIES,
    READS_AN_OLD_STATUS
  }

  private final World world;
  private final Accident accident;
  private EndpointStatus oldStatus;

  private Story(World world, Accident accident) {
    this.world = world;
    this.accident = accident;
  }

  /** Plays a story from an Endpoint that serves {@code config}. */
  public static World inService(String config, Accident accident, String table) {
    World world = new World(config);
    Story story = new Story(world, Accident.NONE);
    story.play("nothing | Creating\n" + config + " ready | step Shifting\n");
    story.play("routers obey | InService; Ready=True");
    return new Story(world, accident).play(table);
  }

  /** Plays a story from an Endpoint that was made just now. */
  public static World created(String config, Accident accident, String table) {
    return new Story(new World(config), accident).play(table);
  }

  private World play(String table) {
    Set<String> facts = Set.of();
    for (String line : table.lines().filter(l -> !l.isBlank()).toList()) {
      String[] sides = line.split("\\|", 2);
      String when = sides[0].strip();
      if (!when.isEmpty()) {
        Happening.happen(world, when);
        world.events.clear();
        work();
        facts = Facts.of(world);
      }
      for (String fact : sides[1].split(";", -1)) {
        check(line, facts, fact.strip());
      }
    }
    return world;
  }

  private void check(String line, Set<String> facts, String fact) {
    // Whoever dies between two writes may say a thing twice, or not at all.
    boolean told = fact.equals("no events") || fact.startsWith("events ");
    if (!fact.isEmpty() && !(told && accident != Accident.NONE)) {
      assertThat(Facts.holds(world, facts, fact))
          .as("%s%nfact: %s%nof: %s%n%s", line, fact, facts, world.status())
          .isTrue();
    }
  }

  private void work() {
    EndpointStatus before = world.status();
    haveAccident();
    for (int i = 0; i < MAX_ROUNDS; i++) {
      world.reconcile();
      if (isAtRest()) {
        oldStatus = before;
        return;
      }
    }
    throw new AssertionError("no rest: " + world.status());
  }

  private boolean isAtRest() {
    EndpointPlan again = Planner.plan(world.view());
    return again.status().equals(world.status())
        && again.events().isEmpty()
        && again.equals(world.plan);
  }

  private void haveAccident() {
    switch (accident) {
      case NONE -> {}
      case DIES_BEFORE_IT_REPORTS -> world.apply(world.decide());
      case DIES_BEFORE_IT_APPLIES -> world.report(world.decide());
      case READS_AN_OLD_STATUS -> {
        EndpointStatus current = world.status();
        if (oldStatus != null) {
          world.writeStatus(oldStatus);
          world.apply(world.decide());
          world.writeStatus(current);
        }
      }
    }
  }
}

package dev.berth.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds its fault in a house that has it. */
class RulesCanFailTest {

  private static final String ROOT = "dev.berth.e2e.architecture.badhouse";
  private static final JavaClasses BAD_HOUSE = new ClassFileImporter().importPackages(ROOT);
  private final HouseRules rules = new HouseRules(ROOT);

  @TempDir Path house;

  @Test
  void aStrangerIsSeen() {
    assertFails(rules.usesOnlyItsNeighbours("engine"), "Nosy");
    assertThatCode(() -> rules.usesOnlyItsNeighbours("planner").check(BAD_HOUSE))
        .doesNotThrowAnyException();
  }

  @Test
  void aCycleIsSeen() {
    assertFails(rules.hasNoCycles("planner"), "Compass");
  }

  @Test
  void josdkOutsideTheOperatorIsSeen() {
    assertFails(rules.onlyTheOperatorSeesJosdk(), "Impostor");
  }

  @Test
  void theKubernetesClientInThePlannerIsSeen() {
    assertFails(rules.onlyShellsOfTheClusterSeeItsClient(), "Needle");
  }

  @Test
  void httpInTheEngineIsSeen() {
    assertFails(rules.theEngineKnowsNoTransport(), "HttpClient");
  }

  @Test
  void untidySourcesAreSeen() throws IOException {
    Path room = Files.createDirectories(house.resolve("x/src/main/java/dev/berth/x/util"));
    Files.write(room.resolve("Long.java"), Collections.nCopies(SourceRules.LINES, "// line"));
    assertThat(new SourceRules(house).faults())
        .anyMatch(fault -> fault.contains("300 lines"))
        .anyMatch(fault -> fault.contains("'util'"))
        .anyMatch(fault -> fault.contains("no package-info.java"))
        .hasSize(3);
  }

  private static void assertFails(ArchRule rule, String culprit) {
    assertThatThrownBy(() -> rule.check(BAD_HOUSE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(culprit);
  }
}

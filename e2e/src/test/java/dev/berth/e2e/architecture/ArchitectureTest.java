package dev.berth.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.berth.e2e.Checkout;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its own rules. */
class ArchitectureTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/dev/berth/e2e/"))
          .importPackages("dev.berth");

  static Stream<ArchRule> rules() {
    return new HouseRules("dev.berth").all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void classesUseOnlyWhatTheyMay(ArchRule rule) {
    rule.check(HOUSE);
  }

  @Test
  void everyModuleIsThere() {
    List<String> seen =
        HouseRules.modules().stream()
            .filter(module -> HOUSE.stream().anyMatch(type -> inModule(type.getName(), module)))
            .toList();
    assertThat(seen).containsExactlyElementsOf(HouseRules.modules());
  }

  @Test
  void everyClassOfOursIsInAModule() {
    assertThat(HOUSE.stream().map(type -> type.getName()))
        .allMatch(name -> HouseRules.modules().stream().anyMatch(module -> inModule(name, module)));
  }

  @Test
  void sourcesAreTidy() throws IOException {
    SourceRules rules = new SourceRules(Checkout.root());
    assertThat(rules.sources()).hasSizeGreaterThan(20);
    assertThat(rules.faults()).isEmpty();
  }

  private static boolean inModule(String type, String module) {
    return type.startsWith("dev.berth." + module + ".");
  }
}

package dev.berth.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No rule goes untested, be it CEL, a bound, an enum, a required field or a list without
 * repetition: each has a fixture that breaks it and names its field and words.
 */
final class RuleCoverageTest {

  @ParameterizedTest
  @ValueSource(strings = {"model", "endpointconfig", "endpoint"})
  void everyRuleOfTheCrdHasFixture(String kind) throws IOException {
    Path crd = Path.of("..", "crds", kind + "s.berth.dev.yaml");
    JsonNode schema =
        new YAMLMapper().readTree(crd.toFile()).at("/spec/versions/0/schema/openAPIV3Schema");
    List<CrdRules.Rule> rules = CrdRules.of(schema);
    assertThat(rules).isNotEmpty();

    List<Fixture> fixtures =
        Fixture.all().stream().filter(fixture -> fixture.kind().equals(kind)).toList();
    assertThat(rules.stream().filter(rule -> fixtures.stream().noneMatch(rule::isBrokenBy)))
        .as("rules of %s that no fixture breaks", crd)
        .isEmpty();
  }
}

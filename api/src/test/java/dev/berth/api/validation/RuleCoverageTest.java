package dev.berth.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No rule goes untested: each has a fixture that breaks it and names its field and words. */
final class RuleCoverageTest {

  @ParameterizedTest
  @ValueSource(strings = {"model", "endpointconfig", "endpoint"})
  void everyRuleOfTheCrdHasFixture(String kind) throws IOException {
    Path crd = Path.of("..", "crds", kind + "s.berth.dev.yaml");
    JsonNode schema =
        new YAMLMapper().readTree(crd.toFile()).at("/spec/versions/0/schema/openAPIV3Schema");
    Set<String> rules = new TreeSet<>();
    collect("", schema, rules);
    assertThat(rules).isNotEmpty();

    Set<String> broken =
        Fixture.all().stream()
            .filter(fixture -> fixture.kind().equals(kind))
            .map(fixture -> fixture.field().replaceAll("\\[\\d+]", "") + ": " + fixture.expect())
            .collect(Collectors.toSet());
    assertThat(rules).allSatisfy(rule -> assertThat(broken).contains(rule));
  }

  private static void collect(String path, JsonNode schema, Set<String> rules) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      rules.add(path + ": Optional[" + rule.path("message").asText() + "]");
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                collect(
                    path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                    property.getValue(),
                    rules));
    if (schema.has("items")) {
      collect(path, schema.get("items"), rules);
    }
  }
}

package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.e2e.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart renders; needs helm and no cluster. */
@Tag("cluster")
class ChartTest {
  private static final Path GOLDEN = Checkout.root().resolve("e2e/src/test/resources/chart");

  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void lintFindsNothing() {
    assertThat(Command.succeeds("helm", "lint", "--strict", "helm/berth"))
        .contains("0 chart(s) failed");
  }

  /** Run with -Dberth.golden=write to accept what is rendered now. */
  @ParameterizedTest
  @ValueSource(strings = {"default", "confined"})
  void rendersAsBefore(String name) throws IOException {
    String rendered = render("--values", GOLDEN.resolve(name + ".values.yaml").toString());
    Path golden = GOLDEN.resolve(name + ".golden.yaml");
    if ("write".equals(System.getProperty("berth.golden"))) {
      Files.writeString(golden, rendered);
    }
    assertThat(rendered).isEqualTo(Files.readString(golden));
  }

  @Test
  void packagesTheGeneratedResourceTypes() throws IOException {
    Map<String, Object> packaged = new TreeMap<>();
    for (JsonNode object : documents(template("--set", "crds.install=true"))) {
      if (object.path("kind").asText().equals("CustomResourceDefinition")) {
        JsonNode kept = object.at("/metadata/annotations/helm.sh~1resource-policy");
        assertThat(kept.asText()).isEqualTo("keep");
        packaged.put(object.at("/metadata/name").asText(), canonical(object.get("spec")));
      }
    }
    Map<String, Object> generated = new TreeMap<>();
    try (Stream<Path> files = Files.list(Checkout.root().resolve("crds"))) {
      for (Path file : files.toList()) {
        JsonNode crd = YAML.readTree(file.toFile());
        generated.put(crd.at("/metadata/name").asText(), canonical(crd.get("spec")));
      }
    }
    assertThat(generated).hasSizeGreaterThanOrEqualTo(4);
    assertThat(packaged).isEqualTo(generated);
  }

  @Test
  void theOperatorMayReadNoSecrets() {
    assertThat(template()).doesNotContain("secrets").doesNotContain("\"*\"");
  }

  @Test
  void aWrongValueIsExplained() {
    Command command =
        Command.run(
            "", "helm", "template", "berth", "helm/berth", "--set", "images.pullPolicy=Sometimes");
    assertThat(command.code()).isNotZero();
    assertThat(command.output()).contains("/images/pullPolicy").contains("IfNotPresent");
  }

  /** The resource types are compared by themselves. */
  private static String render(String... options) {
    return template(
        Stream.concat(Stream.of(options), Stream.of("--set", "crds.install=false"))
            .toArray(String[]::new));
  }

  private static String template(String... options) {
    List<String> words =
        Stream.concat(
                Stream.of("helm", "template", "berth", "helm/berth", "--namespace", "berth-system"),
                Stream.of(options))
            .toList();
    String output = Command.succeeds(words.toArray(String[]::new));
    // Helm tells on standard error that it follows the link to the resource types.
    return output
        .lines()
        .filter(line -> !line.contains("found symbolic link in path"))
        .map(line -> line + "\n")
        .reduce("", String::concat);
  }

  /** Helm writes 1000.0 as 1000 and sorts keys: here a number is its value, an object a map. */
  private static Object canonical(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue().stripTrailingZeros().toPlainString();
    }
    if (node.isArray()) {
      return node.valueStream().map(ChartTest::canonical).toList();
    }
    if (node.isObject()) {
      Map<String, Object> members = new TreeMap<>();
      node.forEachEntry((name, member) -> members.put(name, canonical(member)));
      return members;
    }
    return node.asText();
  }

  private static List<JsonNode> documents(String yaml) throws IOException {
    try (var parser = YAML.createParser(yaml)) {
      return YAML.readValues(parser, JsonNode.class).readAll();
    }
  }
}

package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CRDs that users apply are those that the types say. */
final class CheckedInCrdsTest {
  private static final Path CRDS = Path.of("..", "crds");

  /** Left out where another one stands: a rule says which. */
  private static final Set<String> ONE_OF_SEVERAL =
      Set.of(
          "spec.artifact",
          "spec.features.categories",
          "spec.env.value",
          "spec.env.valueFrom",
          "spec.env.valueFrom.secretKeyRef",
          "spec.env.valueFrom.configMapKeyRef",
          "spec.productionVariants.autoscaling.metrics.target",
          "spec.productionVariants.autoscaling.metrics.custom");

  private static final String REFRESH =
      "mvn -q -pl api test -Dtest=CheckedInCrdsTest -Dberth.crds=write";

  @Test
  void crdsAreGeneratedFromTheTypes() throws IOException {
    Map<String, String> generated = CrdGeneration.generate();
    if (System.getProperty("berth.crds", "compare").equals("write")) {
      write(generated);
    }
    assertThat(checkedIn())
        .as("crds/ differs from the types of dev.berth.api. To refresh it: %s", REFRESH)
        .isEqualTo(generated);
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "endpointconfigs", "endpoints", "endpointroutes"})
  void kubectlExplainsEveryField(String plural) throws IOException {
    Map<String, JsonNode> fields = Explained.fields(crd(plural));

    assertThat(fields).hasSizeGreaterThan(5);
    assertThat(fields.entrySet().stream().filter(field -> isSilent(field.getValue())))
        .extracting(Map.Entry::getKey)
        .as("fields of %s without a description that ends as a sentence", plural)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "endpointconfigs", "endpoints"})
  void whatMayBeLeftOutSaysWhatIsThen(String plural) throws IOException {
    assertThat(
            Explained.optional(crd(plural)).entrySet().stream()
                .filter(field -> !ONE_OF_SEVERAL.contains(field.getKey()))
                .filter(field -> !description(field.getValue()).contains("Default: "))
                .filter(field -> !description(field.getValue()).contains("is the default")))
        .extracting(Map.Entry::getKey)
        .as("optional fields of %s that do not tell their default", plural)
        .isEmpty();
  }

  private static boolean isSilent(JsonNode field) {
    return !description(field).endsWith(".");
  }

  private static String description(JsonNode field) {
    return field.path("description").asText();
  }

  private static JsonNode crd(String plural) throws IOException {
    return new YAMLMapper()
        .readTree(CRDS.resolve(plural + ".berth.dev.yaml").toFile())
        .at("/spec/versions/0/schema/openAPIV3Schema");
  }

  private static Map<String, String> checkedIn() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(CRDS)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }

  private static void write(Map<String, String> files) throws IOException {
    for (String stale : checkedIn().keySet()) {
      Files.delete(CRDS.resolve(stale));
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(CRDS.resolve(file.getKey()), file.getValue());
    }
  }
}

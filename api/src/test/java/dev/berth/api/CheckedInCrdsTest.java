package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The CRDs that users apply are those that the types say. */
final class CheckedInCrdsTest {
  private static final Path CRDS = Path.of("..", "crds");
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

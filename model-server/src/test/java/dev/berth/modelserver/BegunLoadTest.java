package dev.berth.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.modelserver.config.ServerConfigReader;
import dev.berth.modelserver.zoo.Zoo;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is loaded while ports open is nobody's when they do not, and its file goes. */
class BegunLoadTest {
  private static final String MODEL = "xgb-3.0.5/feature-names/model.ubj";

  @TempDir Path directory;

  @Test
  void aPortThatIsTakenLeavesNoFile() throws Exception {
    Path file = Zoo.file(MODEL, directory);
    Set<Path> before = fetched();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(file, taken.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on");
    }
    assertThat(fetched()).isEqualTo(before);
  }

  @Test
  void aServerThatIsClosedInsteadOfLoadedLeavesNoFile() throws Exception {
    Path file = Zoo.file(MODEL, directory);
    Set<Path> before = fetched();
    start(file, 0).close();
    assertThat(fetched()).isEqualTo(before);
  }

  private static ModelService start(Path file, int port) {
    return ModelService.start(
        ServerConfigReader.ofFile(file),
        new ServerSettings(
            "127.0.0.1", port, 0, -1, 1 << 20, 1 << 28, Duration.ZERO, Duration.ZERO));
  }

  private static Set<Path> fetched() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("berth-artifact-"))
          .collect(Collectors.toSet());
    }
  }
}

package dev.berth.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.validation.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cluster refuses is refused on a laptop, at the same field and in the same words. */
final class ValidationFixturesTest {
  @TempDir private Path folder;

  static List<Fixture> fixtures() throws IOException {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void saysWhatTheFixtureExpects(Fixture fixture) throws IOException {
    Manifests manifests = Manifests.none();
    for (String document : fixture.documents()) {
      assertThat(manifests.problems()).isEmpty();
      Files.writeString(folder.resolve("fixture.yaml"), document);
      manifests = ManifestFolder.read(folder, manifests);
    }
    if (fixture.expect().isEmpty()) {
      assertThat(manifests.problems()).isEmpty();
      assertThat(manifests.resources()).hasSize(1);
    } else {
      String expected = fixture.expect().get();
      assertThat(manifests.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.field()).isEqualTo(fixture.field());
                assertThat(problem.message()).contains(expected);
              });
    }
  }
}

package dev.berth.planner.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetNameTest {
  private static final String REVISION = "1a2b3c4d";

  @ParameterizedTest
  @CsvSource({
    "housing, stable, housing-stable-1a2b3c4d",
    "a, b, a-b-1a2b3c4d",
    "e-with-hyphens, v-1, e-with-hyphens-v-1-1a2b3c4d",
  })
  void whatFitsIsPutTogether(String endpoint, String variant, String name) {
    assertThat(FleetName.of(endpoint, variant, REVISION)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "this-is-an-endpoint-with-a-very-long-name, and-this-is-a-variant-with-one-too",
    "endpoint-of-exactly-sixty-three-characters-1234567890-123456789, x",
    "housing, Stable",
    "9-lives, stable",
    "sub.domain, stable",
    "a, variant-----------------------------------------------------x",
  })
  void whatDoesNotFitIsStillALabelThatIsFoundAgain(String endpoint, String variant) {
    String name = FleetName.of(endpoint, variant, REVISION);

    assertThat(name).matches("[a-z]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(63);
    assertThat(name).endsWith("-" + REVISION).doesNotContain("--");
    assertThat(name).isEqualTo(FleetName.of(endpoint, variant, REVISION));
  }

  @Test
  void namesThatAreCutAlikeStayApart() {
    String start = "x".repeat(60);
    assertThat(FleetName.of(start + "a", "v", REVISION))
        .isNotEqualTo(FleetName.of(start + "b", "v", REVISION));
    assertThat(FleetName.of("housing", "Stable", REVISION))
        .isNotEqualTo(FleetName.of("housing", "stable", REVISION));
  }
}

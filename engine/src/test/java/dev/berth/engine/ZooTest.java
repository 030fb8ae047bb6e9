package dev.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.engine.format.ModelFormatException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model of the zoo, in every format it is there in, answers as its release does. */
class ZooTest {
  private static final List<ZooCase> CASES = ZooCase.all();

  /**
   * XGBoost 1.7 finds out in the middle of saving that the old binary format has no categories, and
   * leaves the beginning of a file behind.
   */
  private static final Set<String> CUT_OFF_BY_XGBOOST =
      Set.of(
          "xgb-1.7.6/categorical-onehot/model.deprecated",
          "xgb-1.7.6/categorical-partition/model.deprecated");

  private static final Set<String> FILES_RUN = new HashSet<>();

  static List<ZooCase> cases() {
    return CASES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answersAsTheReleaseDoes(ZooCase zooCase) throws Exception {
    for (var file : zooCase.files().entrySet()) {
      String name = zooCase.name() + "/" + file.getKey();
      if (CUT_OFF_BY_XGBOOST.contains(name)) {
        assertThatThrownBy(() -> Booster.read(file.getValue()))
            .isInstanceOf(ModelFormatException.class)
            .hasMessageContaining("the parameters of tree 0 should take 148 bytes");
      } else {
        Booster booster = Booster.read(file.getValue());
        assertThat(ZooComparison.differences(zooCase, booster)).as(name).isEmpty();
      }
      FILES_RUN.add(name);
    }
  }

  @AfterAll
  static void everyFileOfEveryCaseWasRun() {
    assertThat(CASES).hasSize(173);
    assertThat(FILES_RUN.stream().map(file -> file.substring(0, file.lastIndexOf('/'))).distinct())
        .hasSize(173);
    assertThat(FILES_RUN.stream().filter(file -> file.endsWith(".json"))).hasSize(147);
    assertThat(FILES_RUN.stream().filter(file -> file.endsWith(".ubj"))).hasSize(147);
    assertThat(FILES_RUN.stream().filter(file -> file.endsWith(".bin"))).hasSize(26);
    assertThat(FILES_RUN.stream().filter(file -> file.endsWith(".deprecated"))).hasSize(33);
    assertThat(FILES_RUN).hasSize(147 + 147 + 26 + 33);
  }
}

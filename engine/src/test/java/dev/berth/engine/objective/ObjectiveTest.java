package dev.berth.engine.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the objectives do that no model of the zoo has: the zoo holds the others to XGBoost's own
 * answers. The right-hand sides are read off XGBoost's src/objective.
 */
class ObjectiveTest {
  @ParameterizedTest
  @CsvSource({
    // rank_obj.cc: PredTransform does nothing.
    "rank:map, RANK_MAP, IDENTITY, IDENTITY",
    // regression_obj.cu: an older name of reg:squarederror.
    "reg:linear, LINEAR, IDENTITY, IDENTITY",
    // regression_obj.cu of releases up to 0.90: the same losses on a GPU.
    "gpu:reg:linear, LINEAR, IDENTITY, IDENTITY",
    "gpu:reg:logistic, LOGISTIC_REGRESSION, LOGIT, SIGMOID",
    "gpu:binary:logistic, BINARY_LOGISTIC, LOGIT, SIGMOID",
    "gpu:binary:logitraw, BINARY_LOGIT_RAW, LOGIT_BEFORE_1_4, IDENTITY",
  })
  void aNameThatNoModelOfTheZooHas(
      String name, Objective objective, BaseScoreLink link, Transform transform) {
    assertThat(Objective.named(name)).contains(objective);
    assertThat(objective.baseScoreLink()).isEqualTo(link);
    assertThat(objective.transform()).isEqualTo(transform);
  }

  @Test
  void everyObjectiveIsFoundByItsOwnName() {
    Map<String, Objective> found =
        Arrays.stream(Objective.values())
            .collect(
                Collectors.toMap(
                    Objective::label, one -> Objective.named(one.label()).orElseThrow()));
    assertThat(found).hasSize(Objective.values().length);
    assertThat(found).allSatisfy((name, one) -> assertThat(one.label()).isEqualTo(name));
  }

  @Test
  void aNameThatNoReleaseHasIsNobody() {
    assertThat(Objective.named("gpu:rank:map")).isEmpty();
    assertThat(Objective.named("REG:LINEAR")).isEmpty();
    assertThat(Objective.named("")).isEmpty();
  }
}

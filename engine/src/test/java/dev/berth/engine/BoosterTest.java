package dev.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Booster} promises beyond single answers. */
class BoosterTest {
  @ParameterizedTest
  @CsvSource({
    "xgb-0.90/poisson, model.bin, binary, before 1.0, gbtree, count:poisson, 8, 12, 1",
    "xgb-1.7.6/dart, model.deprecated, binary, 1.7, dart, binary:logistic, 8, 12, 1",
    "xgb-2.1.4/multi-softmax, model.ubj, ubjson, 2.1.4, gbtree, multi:softmax, 8, 48, 4",
    "xgb-3.0.5/gblinear, model.json, json, 3.0.5, gblinear, reg:squarederror, 8, 0, 1",
    "xgb-3.2.0/quantile-multi, model.json, json, 3.2.0, gbtree, reg:quantileerror, 8, 36, 3"
  })
  void aModelIsDescribed(
      String name,
      String file,
      String format,
      String version,
      String booster,
      String objective,
      int features,
      int trees,
      int outputs)
      throws Exception {
    assertThat(read(name, file).description())
        .isEqualTo(
            new ModelDescription(
                format, version, booster, objective, List.of(), List.of(), features, trees,
                outputs));
  }

  @Test
  void featureNamesAndTypesAreKept() throws Exception {
    assertThat(read("xgb-3.2.0/feature-names", "model.ubj").description().featureNames())
        .containsExactly("crim", "zn", "indus", "chas", "nox", "rm", "age", "dis");
    assertThat(read("xgb-3.2.0/categorical-onehot", "model.ubj").description().featureTypes())
        .hasSize(10)
        .endsWith("float", "c", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "squarederror",
        "multi-softmax",
        "gblinear-multi",
        "dart",
        "categorical-partition",
        "multi-target-vector-leaf",
        "squarederror-deep",
        "lossguide",
        "one-leaf"
      })
  void aRowIsAnsweredTheSameInABlockOfAnySize(String model) throws Exception {
    ZooCase zooCase = ZooCase.named("xgb-3.2.0/" + model);
    Booster booster = read("xgb-3.2.0/" + model, "model.ubj");
    int count = 150;
    float[] rows = repeated(zooCase, count);
    float[] together = new float[count * booster.numOutputs()];
    booster.predictMargin(rows, count, together);
    for (int block = 1; block < 12; block++) {
      float[] apart = new float[together.length];
      for (int first = 0; first < count; first += block) {
        int rowsInBlock = Math.min(block, count - first);
        float[] some =
            Arrays.copyOfRange(
                rows, first * booster.numFeatures(), (first + rowsInBlock) * booster.numFeatures());
        float[] out = new float[rowsInBlock * booster.numOutputs()];
        booster.predictMargin(some, rowsInBlock, out);
        System.arraycopy(out, 0, apart, first * booster.numOutputs(), out.length);
      }
      assertThat(apart).as("blocks of %s", block).isEqualTo(together);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xgb-1.7.6/dart",
        "xgb-1.7.6/dart-multi",
        "xgb-3.2.0/dart",
        "xgb-3.2.0/dart-multi",
        "xgb-3.2.0/categorical-partition",
        "xgb-3.2.0/categorical-onehot",
        "xgb-3.2.0/multi-target-one-per",
        "xgb-3.2.0/quantile-multi",
        "xgb-2.1.4/tweedie"
      })
  void contributionsAddUpToTheMargin(String model) throws Exception {
    ZooCase zooCase = ZooCase.named(model);
    Booster booster = read(model, "model.json");
    int columns = booster.numFeatures() + 1;
    float[] margins = new float[zooCase.count() * booster.numOutputs()];
    float[] contributions = new float[margins.length * columns];
    booster.predictMargin(zooCase.inputs(), zooCase.count(), margins);
    booster.predictContributions(zooCase.inputs(), zooCase.count(), contributions);
    for (int i = 0; i < margins.length; i++) {
      double sum = 0;
      double largest = 0;
      for (int column = i * columns; column < (i + 1) * columns; column++) {
        sum += contributions[column];
        largest = Math.max(largest, Math.abs(contributions[column]));
      }
      assertThat(Math.abs(sum - margins[i])).isLessThan(1e-5 * largest);
    }
  }

  @Test
  void whatHasNoAnswerSaysSo() throws Exception {
    Booster vectors = read("xgb-3.2.0/multi-target-vector-leaf", "model.ubj");
    assertThat(vectors.hasContributions()).isFalse();
    assertThatThrownBy(() -> vectors.predictContributions(new float[8], 1, new float[27]))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("vector leaves");
    Booster line = read("xgb-3.2.0/gblinear", "model.ubj");
    assertThatThrownBy(() -> line.predictLeaf(new float[8], 1, new int[0]))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("gblinear has no leaves");
    assertThat(line.hasProbabilities()).isFalse();
    assertThatThrownBy(() -> line.predictProbabilities(new float[8], 1, new float[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reg:squarederror has no probabilities");
  }

  @Test
  void softmaxHasTheProbabilitiesOfSoftprob() throws Exception {
    ZooCase softprob = ZooCase.named("xgb-3.2.0/multi-softprob");
    float[] probabilities = new float[softprob.count() * 4];
    read("xgb-3.2.0/multi-softmax", "model.json")
        .predictProbabilities(softprob.inputs(), softprob.count(), probabilities);
    float[] predictions = new float[softprob.count() * 4];
    read("xgb-3.2.0/multi-softprob", "model.json")
        .predict(softprob.inputs(), softprob.count(), predictions);
    assertThat(probabilities).isEqualTo(predictions);
  }

  @Test
  void logitrawHasTheProbabilitiesOfLogistic() throws Exception {
    float[] margin = new float[40];
    float[] probabilities = new float[40];
    Booster raw = read("xgb-3.2.0/binary-logitraw", "model.json");
    raw.predict(ZooCase.named("xgb-3.2.0/binary-logitraw").inputs(), 40, margin);
    raw.predictProbabilities(
        ZooCase.named("xgb-3.2.0/binary-logitraw").inputs(), 40, probabilities);
    for (int i = 0; i < 40; i++) {
      assertThat((double) probabilities[i])
          .isCloseTo(1 / (1 + Math.exp(-margin[i])), org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void aMissingValueIsNanOrTheValueThatStandsForIt() throws Exception {
    Booster booster = read("xgb-3.2.0/squarederror", "model.json");
    float[] withNan = ZooCase.named("xgb-3.2.0/squarederror").inputs();
    float[] mixed = withNan.clone();
    for (int i = 0; i < mixed.length; i += 2) {
      mixed[i] = Float.isNaN(mixed[i]) ? -999 : mixed[i];
    }
    float[] expected = new float[40];
    float[] actual = new float[40];
    booster.predictMargin(withNan, 40, expected);
    booster.withMissing(-999).predictMargin(mixed, 40, actual);
    assertThat(actual).isEqualTo(expected);
    booster.predictMargin(mixed, 40, actual);
    assertThat(actual).isNotEqualTo(expected);
  }

  @Test
  void arraysThatAreTooShortAreRefusedBeforeAnythingIsWritten() throws Exception {
    Booster booster = read("xgb-3.2.0/multi-softprob", "model.json");
    assertThatThrownBy(() -> booster.predict(new float[15], 2, new float[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("15 values for 2 rows of 8 features");
    assertThatThrownBy(() -> booster.predict(new float[16], 2, new float[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("room for 7 of 2 rows of 4 values");
    assertThatThrownBy(() -> booster.predict(new float[16], -1, new float[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-1 rows");
    assertThatThrownBy(() -> booster.predict(new float[16], 1 << 29, new float[8]))
        .isInstanceOf(IllegalArgumentException.class);
    booster.predict(new float[0], 0, new float[0]);
    booster.predictContributions(new float[0], 0, new float[0]);
  }

  @Test
  void threadsShareABooster() throws Exception {
    ZooCase zooCase = ZooCase.named("xgb-3.2.0/multi-softmax");
    Booster small = read("xgb-3.2.0/stump", "model.ubj");
    Booster large = read("xgb-3.2.0/multi-softmax", "model.ubj");
    float[] expected = zooCase.flat("prediction").orElseThrow();
    Callable<float[]> work =
        () -> {
          float[] out = new float[zooCase.count()];
          for (int i = 0; i < 200; i++) {
            small.predict(zooCase.inputs(), 3, new float[3]);
            large.predict(zooCase.inputs(), zooCase.count(), out);
          }
          return out;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(work);
      }
      for (Future<float[]> answer : threads.invokeAll(tasks)) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "squarederror",
        "multi-softmax",
        "multi-softprob",
        "gblinear",
        "dart",
        "categorical-partition",
        "multi-target-vector-leaf"
      })
  void predictingAllocatesNothing(String model) throws Exception {
    Booster booster = read("xgb-3.2.0/" + model, "model.ubj");
    float[] rows = repeated(ZooCase.named("xgb-3.2.0/" + model), 100);
    float[] out = new float[100 * booster.numOutputs()];
    Runnable predictions =
        () -> {
          for (int i = 0; i < 50; i++) {
            booster.predict(rows, 1, out);
            booster.predict(rows, 100, out);
            booster.predictMargin(rows, 100, out);
          }
        };
    assertThat(Allocation.least(predictions)).isZero();
  }

  private static float[] repeated(ZooCase zooCase, int count) {
    float[] inputs = zooCase.inputs();
    int width = inputs.length / zooCase.count();
    Random random = new Random(count);
    float[] rows = new float[count * width];
    for (int row = 0; row < count; row++) {
      int from = random.nextInt(zooCase.count());
      System.arraycopy(inputs, from * width, rows, row * width, width);
    }
    return rows;
  }

  private static Booster read(String name, String file) throws Exception {
    return Booster.read(ZooCase.named(name).files().get(file));
  }
}

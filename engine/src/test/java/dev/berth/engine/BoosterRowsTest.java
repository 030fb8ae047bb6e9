package dev.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.rows.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dense and sparse rows, and parts of them, are answered alike. */
class BoosterRowsTest {
  static List<ZooCase> cases() {
    return ZooCase.all().stream()
        .filter(zooCase -> zooCase.files().containsKey("model.ubj"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void sparseRowsAreAnsweredAsDenseOnesWithGaps(ZooCase zooCase) throws Exception {
    Booster booster = Booster.read(zooCase.files().get("model.ubj")).withMissing(zooCase.missing());
    Rows dense = dense(zooCase, booster);
    Rows sparse = sparse(zooCase, booster);
    assertThat(answers(booster, sparse)).isDeepEqualTo(answers(booster, dense));
    if (booster.numTrees() > 0) {
      int[] expected = new int[dense.count() * booster.numTrees()];
      int[] actual = new int[expected.length];
      booster.predictLeaf(dense, 0, dense.count(), expected);
      booster.predictLeaf(sparse, 0, dense.count(), actual);
      assertThat(actual).isEqualTo(expected);
    }
  }

  /** Everything that a booster says of rows, one kind after the other. */
  private static float[][] answers(Booster booster, Rows rows) {
    int count = rows.count();
    List<float[]> answers = new ArrayList<>();
    answers.add(new float[count * booster.numOutputs()]);
    booster.predictMargin(rows, 0, count, answers.getLast());
    answers.add(new float[count * booster.predictionWidth()]);
    booster.predict(rows, 0, count, answers.getLast());
    if (booster.hasProbabilities()) {
      answers.add(new float[count * booster.numOutputs()]);
      booster.predictProbabilities(rows, 0, count, answers.getLast());
    }
    if (booster.hasContributions()) {
      answers.add(new float[count * booster.numOutputs() * (booster.numFeatures() + 1)]);
      booster.predictContributions(rows, 0, count, answers.getLast());
    }
    return answers.toArray(float[][]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multi-softmax", "multi-softprob", "squarederror", "gblinear-multi"})
  void threadsFillTheirPartsOfOneAnswer(String model) throws Exception {
    ZooCase zooCase = ZooCase.named("xgb-3.2.0/" + model);
    Booster booster = Booster.read(zooCase.files().get("model.ubj"));
    Rows rows = sparse(zooCase, booster);
    int width = booster.predictionWidth();
    float[] together = new float[rows.count() * width];
    booster.predict(rows, 0, rows.count(), together);
    float[] apart = new float[together.length];
    int[] firstLeaves = new int[rows.count() * booster.numTrees()];
    List<Callable<Void>> parts = new ArrayList<>();
    for (int first = 0; first < rows.count(); first += 7) {
      int from = first;
      int count = Math.min(7, rows.count() - first);
      parts.add(
          () -> {
            booster.predict(rows, from, count, apart);
            if (booster.numTrees() > 0) {
              booster.predictLeaf(rows, from, count, firstLeaves);
            }
            return null;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> part : threads.invokeAll(parts)) {
        part.get();
      }
    }
    assertThat(apart).isEqualTo(together);
    if (booster.numTrees() > 0) {
      int[] leaves = new int[firstLeaves.length];
      booster.predictLeaf(rows, 0, rows.count(), leaves);
      assertThat(firstLeaves).isEqualTo(leaves);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"squarederror", "multi-softmax", "categorical-partition", "gblinear"})
  void sparsePredictionsAllocateNothing(String model) throws Exception {
    ZooCase zooCase = ZooCase.named("xgb-3.2.0/" + model);
    Booster booster = Booster.read(zooCase.files().get("model.ubj"));
    SparseRows rows = new SparseRows();
    float[] out = new float[40 * booster.numOutputs()];
    float[] values = zooCase.inputs();
    Runnable predictions =
        () -> {
          for (int i = 0; i < 50; i++) {
            predictAfresh(booster, rows, values, out);
          }
        };
    assertThat(Allocation.least(predictions)).isZero();
  }

  private static void predictAfresh(Booster booster, SparseRows rows, float[] values, float[] out) {
    rows.clear();
    fill(rows, values, booster.numFeatures());
    booster.predict(rows, 0, rows.count(), out);
    booster.predictMargin(rows, 3, 1, out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multi-softmax", "squarederror-deep"})
  void aNewThreadFindsTheBuffersOfTheLast(String model) throws Exception {
    ZooCase zooCase = ZooCase.named("xgb-3.2.0/" + model);
    Booster booster = Booster.read(zooCase.files().get("model.ubj"));
    float[] rows = zooCase.inputs();
    float[] out = new float[40 * booster.numOutputs()];
    booster.predict(rows, 40, out);
    LongAdder threadsThatTookNothing = new LongAdder();
    Runnable predict = () -> booster.predict(rows, 40, out);
    // The first threads of this kind may still load classes.
    for (int i = 0; i < 20 && threadsThatTookNothing.sum() == 0; i++) {
      Thread thread =
          new Thread(() -> threadsThatTookNothing.add(Allocation.once(predict) == 0 ? 1 : 0));
      thread.start();
      thread.join();
    }
    assertThat(threadsThatTookNothing.sum()).isPositive();
  }

  @Test
  void rowsThatDoNotFitAreRefused() throws Exception {
    ZooCase zooCase = ZooCase.named("xgb-3.2.0/multi-softprob");
    Booster booster = Booster.read(zooCase.files().get("model.ubj"));
    Rows rows = dense(zooCase, booster);
    assertThatThrownBy(() -> booster.predict(rows, 38, 3, new float[200]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 rows from row 38 on, of 40");
    assertThatThrownBy(() -> booster.predict(rows, 10, 3, new float[51]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("room for 51 of 13 rows of 4 values");
    SparseRows wide = new SparseRows();
    wide.addRow(new int[] {8}, new float[] {1}, 1);
    assertThatThrownBy(() -> booster.predict(wide, 0, 1, new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows of other than 8 features");
    assertThatThrownBy(
            () -> booster.predict(new DenseRows(new float[27], 3, 9), 0, 3, new float[12]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows of other than 8 features");
  }

  @Test
  void theCostGrowsWithRowsAndTrees() throws Exception {
    Booster booster =
        Booster.read(ZooCase.named("xgb-3.2.0/multi-softprob").files().get("model.ubj"));
    assertThat(booster.cost(0)).isZero();
    assertThat(booster.cost(1)).isGreaterThanOrEqualTo(booster.numTrees());
    for (int rows = 1; rows < 300; rows++) {
      assertThat(booster.cost(rows))
          .isBetween(booster.cost(rows - 1), booster.cost(1) * rows)
          .isPositive();
    }
    assertThat(booster.cost(128)).isEqualTo(2 * booster.cost(64));
    assertThat(booster.cost(1_000_000)).isGreaterThan(1_000_000);
  }

  private static DenseRows dense(ZooCase zooCase, Booster booster) {
    return new DenseRows(zooCase.inputs(), zooCase.count(), booster.numFeatures());
  }

  private static SparseRows sparse(ZooCase zooCase, Booster booster) {
    SparseRows rows = new SparseRows();
    fill(rows, zooCase.inputs(), booster.numFeatures());
    return rows;
  }

  private static void fill(SparseRows rows, float[] values, int numFeatures) {
    for (int start = 0; start < values.length; start += numFeatures) {
      for (int feature = 0; feature < numFeatures; feature++) {
        if (!Float.isNaN(values[start + feature])) {
          rows.add(feature, values[start + feature]);
        }
      }
      rows.endRow();
    }
  }
}

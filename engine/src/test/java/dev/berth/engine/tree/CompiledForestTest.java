package dev.berth.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.rows.SparseRows;
import dev.berth.engine.tree.RandomForests.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layout goes where a plain walk over the trees goes, bit for bit: on trees of any shape, for
 * dense and sparse rows, in blocks of any size.
 */
class CompiledForestTest {
  private static final int COUNT = 131;

  /** Sizes around those of lanes and blocks. */
  private static final int[] BLOCKS = {
    1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 31, 63, 64, 65, 95, 96, 97, 127, 128, COUNT
  };

  static Stream<Arguments> forests() {
    return Stream.of(
            new Shape(1, 0, 0, 1, false),
            new Shape(1, 9, 4, 1, false),
            new Shape(5, 40, 6, 1, false),
            new Shape(12, 63, 6, 1, false),
            new Shape(13, 300, 9, 3, false),
            new Shape(20, 15, 3, 7, false),
            new Shape(9, 60, 60, 1, false),
            new Shape(11, 60, 60, 3, true),
            new Shape(3, 4, 2, 1, true))
        .flatMap(
            shape ->
                Stream.of(
                    Arguments.of(shape, 5, 1L),
                    Arguments.of(shape, 5, 2L),
                    Arguments.of(shape, 40, 3L),
                    // So wide that a block has room for one row only.
                    Arguments.of(shape, 20_000, 4L)));
  }

  @ParameterizedTest
  @MethodSource("forests")
  void everyLayoutAnswersAsAPlainWalk(Shape shape, int features, long seed) {
    RandomForests random = new RandomForests(seed, features);
    TreeEnsemble ensemble = random.forest(shape);
    float[] values = random.rows(COUNT, 0.4);
    KeyPlan plan = KeyPlan.of(ensemble);
    for (float missing : new float[] {Float.NaN, 1f}) {
      PlainWalk expected = PlainWalk.of(ensemble, values, COUNT, missing);
      for (CompiledForest forest :
          List.of(CompiledForest.of(ensemble), CompiledForest.linked(ensemble, plan))) {
        CompiledForest other = forest.withMissing(missing);
        expected.hold(other, new DenseRows(values, COUNT, features), BLOCKS);
        expected.hold(other, sparse(values, features), BLOCKS);
      }
    }
  }

  @Test
  void aForestWiderThanItsWidestBlockIsAnsweredRowByRow() {
    RandomForests random = new RandomForests(5, 20_000);
    TreeEnsemble ensemble = random.forest(new Shape(300, 31, 5, 1, false));
    float[] values = random.rows(20, 0.98);
    PlainWalk expected = PlainWalk.of(ensemble, values, 20, Float.NaN);
    CompiledForest forest = CompiledForest.of(ensemble);
    expected.hold(forest, new DenseRows(values, 20, 20_000), 1, 20);
    expected.hold(forest, sparse(values, 20_000), 1, 20);
  }

  @Test
  void shallowForestsAreCompleteAndTheOthersLinked() {
    assertThat(isComplete(new Shape(50, 63, 6, 1, false))).isTrue();
    assertThat(isComplete(new Shape(50, 255, 8, 10, false))).isTrue();
    assertThat(isComplete(new Shape(50, 63, 6, 1, true))).isFalse();
    assertThat(isComplete(new Shape(50, 200, 40, 1, false))).isFalse();
  }

  private static boolean isComplete(Shape shape) {
    TreeEnsemble ensemble = new RandomForests(7, 13).forest(shape);
    return CompleteTreesCompiler.compile(ensemble, KeyPlan.of(ensemble)).isPresent();
  }

  @Test
  void shallowForestsAreSlicedOnceThereAreEnoughRows() {
    assertThat(minSlicedRows(new Shape(50, 63, 6, 1, false))).isBetween(2, 40);
    assertThat(minSlicedRows(new Shape(50, 255, 8, 10, false))).isBetween(2, 60);
    assertThat(minSlicedRows(new Shape(50, 300, 9, 1, false))).isGreaterThan(RowMasks.ROWS);
    assertThat(minSlicedRows(new Shape(50, 63, 6, 3, true))).isGreaterThan(RowMasks.ROWS);
  }

  private static int minSlicedRows(Shape shape) {
    return CompiledForest.of(new RandomForests(7, 13).forest(shape)).minSlicedRows();
  }

  @Test
  void aStepIsCountedForEachLevelOfEachTree() {
    TreeEnsemble ensemble = new RandomForests(8, 13).forest(new Shape(60, 63, 6, 1, false));
    long levels = ensemble.trees().stream().mapToLong(Tree::depth).sum();
    assertThat(CompiledForest.of(ensemble).cost(1)).isBetween(levels, 60L * 6);
    assertThat(CompiledForest.linked(ensemble, KeyPlan.of(ensemble)).cost(1)).isEqualTo(levels);
  }

  private static Rows sparse(float[] values, int features) {
    SparseRows rows = new SparseRows();
    for (int start = 0; start < values.length; start += features) {
      for (int feature = 0; feature < features; feature++) {
        if (!Float.isNaN(values[start + feature])) {
          rows.add(feature, values[start + feature]);
        }
      }
      rows.endRow();
    }
    return rows;
  }
}

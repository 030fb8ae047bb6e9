package dev.berth.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every search counts what a look at each of the thresholds counts. */
class CutSearchTest {
  private static final int[] SIZES = {1, 2, 7, 8, 9, 31, 64, 255, 256, 257, 3000, 70_000};

  private final Random random = new Random(7);

  @Test
  void countsThresholdsOfAnyDistribution() {
    for (int size : SIZES) {
      check(size, () -> random.nextGaussian());
      check(size, () -> Math.exp(8 * random.nextGaussian()));
      check(size, () -> -1 / random.nextDouble());
      check(size, () -> random.nextInt(100));
      check(size, () -> 1e6 + random.nextInt(50) * 0.0625);
      check(size, () -> (random.nextDouble() - 0.5) * Float.MIN_NORMAL);
      check(size, () -> Float.intBitsToFloat(random.nextInt()));
      check(size, () -> edge());
    }
  }

  @Test
  void knowsOneColumnFromAnother() {
    float[][] columns = {column(40, () -> random.nextGaussian()), {3f}, column(9, () -> 5)};
    check(columns, () -> random.nextInt(9) - 4);
  }

  private void check(int size, DoubleSupplier values) {
    check(new float[][] {column(size, values), column(size, values)}, values);
  }

  private void check(float[][] columns, DoubleSupplier values) {
    int[] cuts =
        Arrays.stream(columns)
            .flatMapToInt(
                column ->
                    IntStream.range(0, column.length)
                        .map(i -> RowKeys.ofThreshold(column[i]))
                        .sorted())
            .toArray();
    int[] starts = new int[columns.length + 1];
    for (int i = 0; i < columns.length; i++) {
      starts[i + 1] = starts[i] + columns[i].length;
    }
    CutSearch search = new CutSearch(cuts, starts);
    int[] lanes = new int[CutSearch.LANES];
    for (int column = 0; column < columns.length; column++) {
      for (int round = 0; round < 100; round++) {
        int[] keys = new int[CutSearch.LANES];
        for (int lane = 0; lane < CutSearch.LANES; lane++) {
          keys[lane] = RowKeys.of(value(columns[column], values));
        }
        System.arraycopy(keys, 0, lanes, 0, lanes.length);
        search.rankFour(lanes, column);
        for (int lane = 0; lane < CutSearch.LANES; lane++) {
          int key = keys[lane];
          int from = starts[column];
          int count =
              (int) IntStream.range(from, starts[column + 1]).filter(i -> cuts[i] <= key).count();
          assertThat(lanes[lane]).as("of %s", RowKeys.toFloat(key)).isEqualTo(count);
          assertThat(search.rank(key, from, starts[column + 1])).isEqualTo(count);
        }
      }
    }
  }

  /** On a threshold, beside one, or anywhere. */
  private float value(float[] column, DoubleSupplier values) {
    float cut = column[random.nextInt(column.length)];
    float value =
        switch (random.nextInt(5)) {
          case 0 -> cut;
          case 1 -> Math.nextUp(cut);
          case 2 -> Math.nextDown(cut);
          case 3 -> edge();
          default -> (float) values.getAsDouble();
        };
    return Float.isNaN(value) ? 0f : value;
  }

  private float edge() {
    return RandomForests.EDGES[random.nextInt(RandomForests.EDGES.length)];
  }

  private static float[] column(int size, DoubleSupplier values) {
    float[] column = new float[size];
    for (int i = 0; i < size; i++) {
      column[i] = (float) values.getAsDouble();
    }
    return column;
  }
}

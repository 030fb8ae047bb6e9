package dev.berth.modelserver.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** libsvm read as present values only is what it is as whole rows, and both what the text says. */
class SparseTextTest {
  private static final int WIDTH = 200;
  private static final Columns COLUMNS =
      Columns.named(IntStream.range(0, WIDTH).mapToObj(i -> "f" + i).toList());

  @Test
  void presentValuesAreTheWholeRow() {
    SplittableRandom random = new SplittableRandom(77);
    int accepted = 0;
    for (int i = 0; i < 5_000; i++) {
      List<float[]> expected = new ArrayList<>();
      String text = text(random, expected);
      assertThat(Rows.shown(Rows.readSparse(InputFormat.LIBSVM, COLUMNS, text.getBytes(UTF_8))))
          .isEqualTo(Rows.shown(expected));
      byte[] changed = text.getBytes(UTF_8);
      for (int n = random.nextInt(3); n > 0; n--) {
        changed[random.nextInt(changed.length)] =
            (byte) "0123456789:. \n#-e".charAt(random.nextInt(17));
      }
      Optional<String> whole = read(changed, false);
      assertThat(read(changed, true)).isEqualTo(whole);
      accepted += whole.isPresent() ? 1 : 0;
    }
    assertThat(accepted).isBetween(500, 4_999);
  }

  @Test
  void aFeatureIsNamedOnceInWhateverOrder() {
    assertThat(Rows.shown(sparse("0 5:1 3:2\n3:7 5:8\n9:1 3:4\n").subList(0, 2)))
        .isEqualTo(
            Rows.shown(
                Rows.read(InputFormat.LIBSVM, COLUMNS, "5:1 3:2\n5:8 3:7\n".getBytes(UTF_8))));
    for (String twice : List.of("3:1 3:2", "3:1 5:1 3:2", "5:1 3:2 5:1", "2:1\n5:1 3:2 3:1")) {
      assertThat(read(twice.getBytes(UTF_8), true)).as(twice).isEmpty();
      assertThat(read(twice.getBytes(UTF_8), false)).as(twice).isEmpty();
    }
  }

  private static List<float[]> sparse(String text) {
    return Rows.readSparse(InputFormat.LIBSVM, COLUMNS, text.getBytes(UTF_8));
  }

  private static Optional<String> read(byte[] text, boolean sparse) {
    try {
      return Optional.of(
          Rows.shown(
              sparse
                  ? Rows.readSparse(InputFormat.LIBSVM, COLUMNS, text)
                  : Rows.read(InputFormat.LIBSVM, COLUMNS, text)));
    } catch (InvalidRowsException _) {
      return Optional.empty();
    }
  }

  private static String text(SplittableRandom random, List<float[]> rows) {
    StringBuilder text = new StringBuilder();
    for (int row = 1 + random.nextInt(600) / 200; row > 0; row--) {
      float[] values = new float[WIDTH];
      Arrays.fill(values, Float.NaN);
      text.append(random.nextInt(3));
      int step = 1 + random.nextInt(80);
      for (int feature = random.nextInt(step); feature < WIDTH; feature += step) {
        values[feature] = random.nextInt(100) / 8f;
        text.append(' ').append(feature).append(':').append(values[feature]);
      }
      text.append('\n');
      rows.add(values);
    }
    return text.toString();
  }
}

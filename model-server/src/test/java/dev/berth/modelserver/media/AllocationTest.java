package dev.berth.modelserver.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More rows in a body do not mean more objects: nothing is made for a number, nor for a row. */
class AllocationTest {
  private static final int ROWS = 2_000;
  private static final int MOST_ROUNDS = 20_000;
  private static final int WIDTH = 13;

  /** One object a row would be 16 bytes at the least, one a number 200. */
  private static final double BYTES_A_ROW = 8;

  private static final Columns COLUMNS =
      Columns.named(IntStream.range(0, WIDTH).mapToObj(i -> "f" + i).toList());
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource(
      value = InputFormat.class,
      names = {"CSV", "LIBSVM", "JSON", "JSON_LINES"})
  void readingARowMakesNothing(InputFormat format) {
    byte[] few = body(format, ROWS);
    byte[] many = body(format, 2 * ROWS);
    RowBlock block = new RowBlock();
    assertThat(perRow(() -> read(format, few, block), () -> read(format, many, block)))
        .isLessThan(BYTES_A_ROW);
  }

  @ParameterizedTest
  @EnumSource(
      value = OutputFormat.class,
      names = {"CSV", "JSON", "JSON_LINES", "KSERVE_V1"})
  void writingARowMakesNothing(OutputFormat format) {
    AnswerBuffer out = new AnswerBuffer(1 << 20);
    assertThat(perRow(() -> write(format, ROWS, out), () -> write(format, 2 * ROWS, out)))
        .isLessThan(BYTES_A_ROW);
  }

  private static double perRow(Runnable few, Runnable many) {
    // The buffers grow once, and the compiler, which has its own pace, needs to have seen the code
    // to keep things off the heap.
    double least = Double.MAX_VALUE;
    for (int i = 0; i < MOST_ROUNDS && least >= BYTES_A_ROW; i++) {
      double difference = allocated(many) - allocated(few);
      least = Math.min(least, Math.abs(difference) / ROWS);
    }
    return least;
  }

  private static double allocated(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void read(InputFormat format, byte[] body, RowBlock block) {
    block.start(WIDTH, _ -> {});
    format.read(COLUMNS, body, 0, body.length, block);
    block.finish();
  }

  private static void write(OutputFormat format, int rows, AnswerBuffer out) {
    out.clear();
    AnswerWriter writer = format.writer(out);
    float[] score = {24.9f};
    for (int row = 0; row < rows; row++) {
      score[0] += 0.37f;
      writer.scores(score, 0, 1);
    }
    writer.end();
  }

  private static byte[] body(InputFormat format, int rows) {
    String row =
        IntStream.range(0, WIDTH)
            .mapToObj(
                i ->
                    (format == InputFormat.LIBSVM ? i + ":" : "")
                        + String.format(Locale.ROOT, "%.5f", i * 7.31))
            .collect(Collectors.joining(format == InputFormat.LIBSVM ? " " : ","));
    String all =
        switch (format) {
          case JSON -> "[" + "[" + row + "]" + (",[" + row + "]").repeat(rows - 1) + "]";
          case JSON_LINES -> ("[" + row + "]\n").repeat(rows);
          default -> (row + "\n").repeat(rows);
        };
    return all.getBytes(UTF_8);
  }
}

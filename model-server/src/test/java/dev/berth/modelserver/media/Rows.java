package dev.berth.modelserver.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a whole text and keeps its rows. */
final class Rows {
  static List<float[]> read(InputFormat format, Columns columns, String text) {
    return read(format, columns, text.getBytes(StandardCharsets.UTF_8));
  }

  static List<float[]> read(InputFormat format, Columns columns, byte[] text) {
    List<float[]> kept = new ArrayList<>();
    RowBlock block = new RowBlock();
    block.start(
        columns.count(),
        (values, count) -> {
          for (int i = 0; i < count; i++) {
            kept.add(Arrays.copyOfRange(values, i * columns.count(), (i + 1) * columns.count()));
          }
        });
    // Bytes around the text show whether the reader keeps to its bounds.
    byte[] framed = new byte[text.length + 2];
    Arrays.fill(framed, (byte) '7');
    System.arraycopy(text, 0, framed, 1, text.length);
    format.read(columns, framed, 1, text.length + 1, block);
    block.finish();
    return kept;
  }

  static String shown(List<float[]> rows) {
    return rows.stream().map(Arrays::toString).toList().toString();
  }

  private Rows() {}
}

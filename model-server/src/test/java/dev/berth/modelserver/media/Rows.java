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
    block.start(columns.count(), rows -> keep(rows, columns.count(), kept));
    // Bytes around the text show whether the reader keeps to its bounds.
    byte[] framed = new byte[text.length + 2];
    Arrays.fill(framed, (byte) '7');
    System.arraycopy(text, 0, framed, 1, text.length);
    format.read(columns, framed, 1, text.length + 1, block);
    block.finish();
    return kept;
  }

  /** The same by a block that holds present values only. */
  static List<float[]> readSparse(InputFormat format, Columns columns, byte[] text) {
    List<float[]> kept = new ArrayList<>();
    RowBlock block = new RowBlock();
    block.startSparse(columns.count(), 1, rows -> keep(rows, columns.count(), kept));
    format.read(columns, text, 0, text.length, block);
    block.finish();
    return kept;
  }

  private static void keep(dev.berth.engine.rows.Rows rows, int width, List<float[]> kept) {
    for (int i = 0; i < rows.count(); i++) {
      float[] row = new float[width];
      rows.copyRow(i, row);
      kept.add(row);
    }
  }

  static String shown(List<float[]> rows) {
    return rows.stream().map(Arrays::toString).toList().toString();
  }

  private Rows() {}
}

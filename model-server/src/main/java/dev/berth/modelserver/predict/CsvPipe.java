package dev.berth.modelserver.predict;

import dev.berth.engine.Booster;
import dev.berth.engine.rows.Rows;
import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.media.CsvReader;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.OutputFormat;
import dev.berth.modelserver.media.RowBlock;
import dev.berth.modelserver.media.TextWriter;
import dev.berth.modelserver.model.ModelColumns;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Reads CSV, writes CSV, a block of rows at a time. */
final class CsvPipe {
  private static final int PIECE_BYTES = 1 << 16;
  private static final int MAX_RECORD_BYTES = 64 << 20;
  private static final int MAX_ANSWER_BYTES = 1 << 30;

  private final Booster booster;
  private final OutputKind kind;
  private final OutputStream out;
  private final AnswerBuffer answer = new AnswerBuffer(MAX_ANSWER_BYTES);
  private final int width;
  private float[] floats = {};
  private int[] leaves = {};

  CsvPipe(Booster booster, OutputKind kind, OutputStream out) {
    this.booster = booster;
    this.kind = kind;
    this.out = out;
    this.width = kind.width(booster);
  }

  /**
   * Predicts until the input ends, or fails: then every row before the failure.
   *
   * @throws InvalidRowsException for rows that cannot be read
   * @throws UncheckedIOException when the output cannot be written
   * @throws IOException when the input cannot be read
   */
  void run(InputStream in) throws IOException {
    RowBlock rows = new RowBlock();
    rows.start(booster.numFeatures(), this::predict);
    try {
      run(in, rows);
    } catch (InvalidRowsException | IOException e) {
      rows.finish();
      throw e;
    }
  }

  private void run(InputStream in, RowBlock rows) throws IOException {
    CsvReader reader = new CsvReader(ModelColumns.of(booster.description()));
    byte[] held = new byte[PIECE_BYTES];
    int size = 0;
    int scanned = 0;
    int records = 0;
    boolean quoted = false;
    while (true) {
      if (size == held.length) {
        if (size >= MAX_RECORD_BYTES) {
          throw new IOException("a record is longer than " + MAX_RECORD_BYTES + " bytes");
        }
        held = Arrays.copyOf(held, size * 2);
      }
      int count = in.read(held, size, held.length - size);
      if (count < 0) {
        reader.read(held, 0, size, rows);
        rows.finish();
        return;
      }
      size += count;
      // A line end inside quotes ends no record; quotes come in pairs, escaped ones too.
      for (; scanned < size; scanned++) {
        quoted ^= held[scanned] == '"';
        records = held[scanned] == '\n' && !quoted ? scanned + 1 : records;
      }
      if (records > 0) {
        reader.read(held, 0, records, rows);
        System.arraycopy(held, records, held, 0, size - records);
        size -= records;
        scanned = size;
        records = 0;
        if (in.available() == 0) {
          rows.finish();
          flush();
        }
      }
    }
  }

  private void predict(Rows rows) {
    int count = rows.count();
    answer.clear();
    TextWriter writer = new TextWriter(OutputFormat.CSV, answer);
    if (kind == OutputKind.LEAF) {
      leaves = leaves.length < count * width ? new int[count * width] : leaves;
      booster.predictLeaf(rows, 0, count, leaves);
      writer.numbers(leaves, count, width);
    } else {
      floats = floats.length < count * width ? new float[count * width] : floats;
      predictFloats(rows);
      for (int row = 0; row < count; row++) {
        writer.scores(floats, row * width, width);
      }
    }
    try {
      out.write(answer.array(), 0, answer.size());
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void predictFloats(Rows rows) {
    int count = rows.count();
    switch (kind) {
      case PREDICTION -> booster.predict(rows, 0, count, floats);
      case MARGIN -> booster.predictMargin(rows, 0, count, floats);
      case CONTRIBUTIONS -> booster.predictContributions(rows, 0, count, floats);
      case LEAF -> throw new IllegalStateException("leaves are no floats");
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.AnswerWriter;
import dev.berth.modelserver.media.TooManyRowsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One output, collected row by row: FP32 of {@code [rows]}, or {@code [rows, width]} when a row has
 * several values, or BYTES of {@code [rows]} when rows are answered by name.
 */
public final class OutputTensor implements AnswerWriter {
  private static final int MAX_VALUES = 64 << 20;

  private final String name;
  private final List<Long> rowShape;
  private float[] values = new float[16];
  private int size;
  private int width = 1;
  private long rows;
  private final List<byte[]> labels = new ArrayList<>();

  /**
   * An output without rows yet.
   *
   * @param rowShape the dimensions of one row's values; empty: by how many there are
   */
  public OutputTensor(String name, List<Long> rowShape) {
    this.name = name;
    this.rowShape = List.copyOf(rowShape);
  }

  @Override
  public void scores(float[] source, int offset, int count) {
    if (values.length - size < count) {
      if ((long) size + count > MAX_VALUES) {
        throw TooManyRowsException.answer(MAX_VALUES * (long) Float.BYTES);
      }
      values = Arrays.copyOf(values, Math.clamp(2L * values.length, size + count, MAX_VALUES));
    }
    System.arraycopy(source, offset, values, size, count);
    size += count;
    width = count;
    rows++;
  }

  @Override
  public void label(String label) {
    labels.add(label.getBytes(StandardCharsets.UTF_8));
    rows++;
  }

  @Override
  public void end() {
    // A tensor is complete when its rows are.
  }

  public String name() {
    return name;
  }

  public long rows() {
    return rows;
  }

  Datatype datatype() {
    return labels.isEmpty() ? Datatype.FP32 : Datatype.BYTES;
  }

  List<Long> shape() {
    List<Long> shape = new ArrayList<>();
    shape.add(rows);
    if (!rowShape.isEmpty()) {
      shape.addAll(rowShape);
    } else if (width != 1) {
      shape.add((long) width);
    }
    return shape;
  }

  float[] values() {
    return values;
  }

  /** How many of {@link #values} count. */
  int size() {
    return size;
  }

  List<byte[]> labels() {
    return labels;
  }

  /** How many bytes the output takes raw. */
  int rawBytes() {
    return labels.isEmpty()
        ? size * Float.BYTES
        : labels.stream().mapToInt(label -> Integer.BYTES + label.length).sum();
  }
}

package dev.berth.modelserver.media;

import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import dev.berth.engine.rows.SparseRows;
import java.util.Arrays;

/**
 * Rows on their way to the predictor: {@code float[capacity][width]}, row-major, NaN where a value
 * is missing; or, for formats that name what is present, only that. When it is full its rows go to
 * the consumer and it starts again, so a request of any length takes the memory of one block.
 */
public final class RowBlock {
  /** Takes rows; they are used again after it returns. */
  @FunctionalInterface
  public interface Consumer {
    void rows(Rows rows);
  }

  private static final int MAX_ROWS = 256;
  private static final int MAX_VALUES = 1 << 18;

  private final DenseRows dense = new DenseRows();
  private final SparseRows sparse = new SparseRows();
  private boolean holdsPresentOnly;
  private int width;
  private int capacity;
  private float[] values = {};
  private Consumer consumer = _ -> {};
  private int count;
  private int offset;
  private long total;

  /**
   * Starts a new request.
   *
   * @param width values a row
   */
  public void start(int width, Consumer consumer) {
    start(width, width, consumer);
  }

  /**
   * Starts a new request whose consumer needs room for {@code weight} values a row, so that it gets
   * fewer rows at once when those are many.
   *
   * @param width values a row
   */
  public void start(int width, int weight, Consumer consumer) {
    begin(width, Math.max(width, weight), consumer);
    holdsPresentOnly = false;
    if (values.length < capacity * width) {
      values = new float[capacity * width];
    }
  }

  /** The same for rows of which the present values are few: they come by {@link #put} only. */
  public void startSparse(int width, int weight, Consumer consumer) {
    begin(width, weight, consumer);
    holdsPresentOnly = true;
    sparse.clear();
  }

  private void begin(int newWidth, int weight, Consumer newConsumer) {
    width = newWidth;
    consumer = newConsumer;
    capacity = Math.clamp(MAX_VALUES / Math.max(1, weight), 1, MAX_ROWS);
    count = 0;
    total = 0;
  }

  /** Hands on what is left; the number of rows in all. */
  public long finish() {
    flush();
    return total;
  }

  /** The most rows that the consumer gets at once. */
  public int capacity() {
    return capacity;
  }

  /** The rows: {@code float[capacity][width]}; {@link #next} says where the next one begins. */
  public float[] values() {
    return values;
  }

  /**
   * Where the next row begins in {@link #values()}. Its old content is rubbish: set every value.
   */
  public int next() {
    if (count == capacity || sparse.size() >= MAX_VALUES) {
      flush();
    }
    total++;
    return count++ * width;
  }

  /** Where the next row begins, every value missing. */
  public int nextMissing() {
    int row = next();
    Arrays.fill(values, row, row + width, Float.NaN);
    return row;
  }

  /** Begins a row that comes value by value. */
  void beginRow() {
    offset = holdsPresentOnly ? next() : nextMissing();
  }

  /** A value of the row that was begun; NaN is missing. */
  void put(int column, float value) {
    if (!holdsPresentOnly) {
      values[offset + column] = value;
    } else if (!Float.isNaN(value)) {
      sparse.add(column, value);
    }
  }

  /** The row that was begun has all its values. */
  void endRow() {
    if (holdsPresentOnly) {
      sparse.endRow();
    }
  }

  /** Forgets the row begun last, which turned out to be none: the block holds whole rows only. */
  void takeBack() {
    total--;
    count--;
  }

  private void flush() {
    if (count == 0) {
      return;
    }
    if (holdsPresentOnly) {
      consumer.rows(sparse);
      sparse.clear();
    } else {
      dense.set(values, count, width);
      consumer.rows(dense);
    }
    count = 0;
  }
}

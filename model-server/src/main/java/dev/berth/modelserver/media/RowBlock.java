package dev.berth.modelserver.media;

import java.util.Arrays;

/**
 * Rows on their way to the predictor: {@code float[capacity][width]}, row-major, NaN where a value
 * is missing. When it is full its rows go to the consumer and it starts again, so a request of any
 * length takes the memory of one block.
 */
public final class RowBlock {
  /**
   * Takes {@code count} rows of {@code float[count][width]}; the array is used again after it
   * returns.
   */
  @FunctionalInterface
  public interface Consumer {
    void rows(float[] values, int count);
  }

  private static final int MAX_ROWS = 256;
  private static final int MAX_VALUES = 1 << 18;

  private int width;
  private int capacity;
  private float[] values = {};
  private Consumer consumer = (_, _) -> {};
  private int count;
  private long total;

  /**
   * Starts a new request.
   *
   * @param width values a row
   */
  public void start(int width, Consumer consumer) {
    this.width = width;
    this.consumer = consumer;
    capacity = Math.max(1, Math.min(MAX_ROWS, MAX_VALUES / Math.max(1, width)));
    if (values.length < capacity * width) {
      values = new float[capacity * width];
    }
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

  float[] values() {
    return values;
  }

  /**
   * Where the next row begins in {@link #values()}. Its old content is rubbish: set every value.
   */
  int next() {
    if (count == capacity) {
      flush();
    }
    total++;
    return count++ * width;
  }

  /** Where the next row begins, every value missing. */
  int nextMissing() {
    int offset = next();
    Arrays.fill(values, offset, offset + width, Float.NaN);
    return offset;
  }

  /** Forgets the row begun last, which turned out to be none: the block holds whole rows only. */
  void takeBack() {
    total--;
    count--;
  }

  private void flush() {
    if (count > 0) {
      consumer.rows(values, count);
      count = 0;
    }
  }
}

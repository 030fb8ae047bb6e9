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
    start(width, width, consumer);
  }

  /**
   * Starts a new request whose consumer needs room for {@code weight} values a row, so that it gets
   * fewer rows at once when those are many.
   *
   * @param width values a row
   */
  public void start(int width, int weight, Consumer consumer) {
    this.width = width;
    this.consumer = consumer;
    capacity = Math.clamp(MAX_VALUES / Math.max(1, Math.max(width, weight)), 1, MAX_ROWS);
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

  /** The rows: {@code float[capacity][width]}; {@link #next} says where the next one begins. */
  public float[] values() {
    return values;
  }

  /**
   * Where the next row begins in {@link #values()}. Its old content is rubbish: set every value.
   */
  public int next() {
    if (count == capacity) {
      flush();
    }
    total++;
    return count++ * width;
  }

  /** Where the next row begins, every value missing. */
  public int nextMissing() {
    int offset = next();
    Arrays.fill(values, offset, offset + width, Float.NaN);
    return offset;
  }

  private void flush() {
    if (count > 0) {
      consumer.rows(values, count);
      count = 0;
    }
  }
}

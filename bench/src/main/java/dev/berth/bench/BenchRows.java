package dev.berth.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows to answer, as {@code bench/python/train.py} has written them: dense, or sparse by rows. */
final class BenchRows {
  private final int count;
  private final int numFeatures;
  private final long[] starts;
  private final int[] features;
  private final float[] values;

  private BenchRows(int count, int numFeatures, long[] starts, int[] features, float[] values) {
    this.count = count;
    this.numFeatures = numFeatures;
    this.starts = starts;
    this.features = features;
    this.values = values;
  }

  static BenchRows read(Path folder, int numFeatures) {
    float[] values = new float[size(folder, "values") / Float.BYTES];
    bytes(folder, "values").asFloatBuffer().get(values);
    if (!Files.exists(folder.resolve("starts"))) {
      return new BenchRows(
          values.length / numFeatures, numFeatures, new long[0], new int[0], values);
    }
    long[] starts = new long[size(folder, "starts") / Long.BYTES];
    bytes(folder, "starts").asLongBuffer().get(starts);
    int[] features = new int[values.length];
    bytes(folder, "features").asIntBuffer().get(features);
    return new BenchRows(starts.length - 1, numFeatures, starts, features, values);
  }

  int count() {
    return count;
  }

  int numFeatures() {
    return numFeatures;
  }

  /** Where each sparse row's values begin, and the end; empty for dense rows. */
  long[] starts() {
    return starts;
  }

  /** The feature of each value of sparse rows. */
  int[] features() {
    return features;
  }

  float[] values() {
    return values;
  }

  boolean areSparse() {
    return starts.length != 0;
  }

  /** A copy of {@code count} rows. */
  BenchRows some(int first, int count) {
    if (!areSparse()) {
      float[] some = new float[count * numFeatures];
      System.arraycopy(values, first * numFeatures, some, 0, some.length);
      return new BenchRows(count, numFeatures, new long[0], new int[0], some);
    }
    int from = (int) starts[first];
    int size = (int) starts[first + count] - from;
    long[] someStarts = new long[count + 1];
    for (int i = 0; i <= count; i++) {
      someStarts[i] = starts[first + i] - from;
    }
    int[] someFeatures = new int[size];
    float[] someValues = new float[size];
    System.arraycopy(features, from, someFeatures, 0, size);
    System.arraycopy(values, from, someValues, 0, size);
    return new BenchRows(count, numFeatures, someStarts, someFeatures, someValues);
  }

  private static int size(Path folder, String name) {
    try {
      return Math.toIntExact(Files.size(folder.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer bytes(Path folder, String name) {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

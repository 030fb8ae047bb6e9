package dev.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.berth.engine.format.ModelFormatException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mutated files of the zoo are refused with a {@link ModelFormatException}, or they are models that
 * answer: no other exception, no walk without an end, no memory out of proportion.
 *
 * <p>{@code -Dberth.fuzz.mutations=1000000 -Dberth.fuzz.seed=7} tries more and others.
 */
class MutationFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("berth.fuzz.mutations", 5_000);
  private static final long SEED = Long.getLong("berth.fuzz.seed", 20_261_123);

  /** Objects for a file's shortest values are this much larger than their text, and no more. */
  private static final long ALLOCATED_BYTES_PER_FILE_BYTE = 150;

  private static final long ALLOCATED_BYTES_AT_LEAST = 1 << 20;
  private static final int ROWS = 5;
  private static final long MOST_VALUES = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<byte[]> files =
      ZooCase.all().stream().flatMap(zooCase -> zooCase.files().values().stream()).toList();

  @Test
  // A net for a walk that does not end, not a measure of speed.
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void mutatedFilesAreRefusedOrAnswer() {
    int answered = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Random random = new Random(SEED + i);
      byte[] file = new FileMutator(random, files).mutate();
      try {
        Booster booster = readWithinBounds(file);
        predict(booster, random);
        answered++;
      } catch (ModelFormatException refused) {
        assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(600);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutation of -Dberth.fuzz.seed=" + (SEED + i), e);
      }
    }
    // Mutations that all break a file, or none of which does, would prove little.
    assertThat(answered).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
  }

  private static Booster readWithinBounds(byte[] file) throws ModelFormatException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      return Booster.read(file);
    } finally {
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated)
          .as("bytes allocated for a file of %s", file.length)
          .isLessThan(ALLOCATED_BYTES_AT_LEAST + ALLOCATED_BYTES_PER_FILE_BYTE * file.length);
    }
  }

  private static void predict(Booster booster, Random random) {
    long widest = Math.max(booster.numOutputs() * (booster.numFeatures() + 1L), booster.numTrees());
    if (widest * ROWS > MOST_VALUES) {
      return;
    }
    float[] rows = new float[ROWS * booster.numFeatures()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(5) == 0 ? Float.NaN : (float) random.nextGaussian() * 3;
    }
    float[] out = new float[(int) widest * ROWS];
    booster.predictMargin(rows, ROWS, out);
    booster.predict(rows, ROWS, out);
    if (booster.numTrees() > 0) {
      booster.predictLeaf(rows, ROWS, new int[booster.numTrees() * ROWS]);
    }
    if (booster.hasContributions()) {
      booster.predictContributions(rows, ROWS, out);
    }
  }
}

package dev.berth.modelserver.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryBoundsTest {
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    // heap MiB, workers, wanted MiB: body, held, unpacked, answer
    "60, 2, 100, 10, 10, 5, 5",
    "60, 1, 100, 10, 10, 10, 10",
    "60, 2, 6, 6, 10, 5, 5",
    "1200, 2, 100, 100, 200, 100, 100",
    "12000, 2, 100, 100, 2000, 100, 256",
  })
  void aSmallHeapMeansSmallRequests(
      int heap, int workers, int wanted, int body, int held, int unpacked, int answer) {
    assertThat(MemoryBounds.of((long) heap * MIB, workers, wanted * MIB))
        .isEqualTo(new MemoryBounds(body * MIB, (long) held * MIB, unpacked * MIB, answer * MIB));
  }
}

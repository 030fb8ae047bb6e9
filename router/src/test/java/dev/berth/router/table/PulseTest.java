package dev.berth.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
  /** Late, so that the clock runs over in the middle. */
  private static final long START = Long.MAX_VALUE - Pulse.LONGEST_NANOS / 2;

  @Test
  void aMinuteWithoutABeatIsTheEnd() {
    Pulse pulse = new Pulse(START);
    assertThat(pulse.beats(START)).isTrue();
    assertThat(pulse.beats(START + Pulse.LONGEST_NANOS - 1)).isTrue();
    assertThat(pulse.beats(START + Pulse.LONGEST_NANOS)).isFalse();
    pulse.beat(START + Pulse.LONGEST_NANOS);
    assertThat(pulse.beats(START + Pulse.LONGEST_NANOS)).isTrue();
  }
}

package dev.berth.modelserver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is said of the last minute, by a clock that the test turns. */
class LastMinuteTest {
  private long seconds;
  private double count;
  private final LastMinute lastMinute =
      new LastMinute(() -> count, () -> TimeUnit.SECONDS.toNanos(seconds));

  @Test
  void countsAllSinceTheStartForAMinute() {
    assertThat(lastMinute.count()).isZero();
    pass(20, 5);
    assertThat(lastMinute.count()).isEqualTo(5);
    pass(40, 7);
    assertThat(lastMinute.count()).isEqualTo(12);
  }

  @Test
  void forgetsWhatIsOlder() {
    pass(30, 100);
    assertThat(lastMinute.count()).isEqualTo(100);
    pass(30, 1);
    assertThat(lastMinute.count()).isEqualTo(101);
    pass(30, 2);
    assertThat(lastMinute.count()).isEqualTo(3);
    pass(60, 0);
    assertThat(lastMinute.count()).isZero();
  }

  @Test
  void isTheMeanForWhoeverLooksMoreSeldom() {
    pass(300, 50);
    assertThat(lastMinute.count()).isEqualTo(10);
    pass(120, 6);
    assertThat(lastMinute.count()).isEqualTo(3);
  }

  @Test
  void aLookMoreOftenThanEachSecondIsNotRemembered() {
    for (int i = 0; i < 1000; i++) {
      assertThat(lastMinute.count()).isEqualTo(i);
      pass(0, 1);
    }
    pass(60, 0);
    assertThat(lastMinute.count()).isEqualTo(1000);
  }

  private void pass(int passed, int more) {
    seconds += passed;
    count += more;
  }
}

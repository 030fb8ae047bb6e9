package dev.berth.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackendHealthTest {
  private final AtomicLong clock = new AtomicLong(-5);
  private final BackendHealth health = new BackendHealth(clock::get);

  private boolean failsThreeTimes() {
    boolean ejected = health.failed();
    ejected |= health.failed();
    assertThat(ejected).isFalse();
    return health.failed();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void failuresInARowEject() {
    health.failed();
    health.failed();
    health.succeeded();
    assertThat(failsThreeTimes()).isTrue();
    assertThat(health.fit()).isFalse();
    assertThat(health.admits()).isFalse();
  }

  @Test
  void isTriedWithOneRequestWhenTheTimeIsOver() {
    failsThreeTimes();
    pass(Duration.ofMillis(1001));
    assertThat(health.admits()).isTrue();
    assertThat(health.admits()).isFalse();
    health.succeeded();
    assertThat(health.fit()).isTrue();
    assertThat(health.admits()).isTrue();
  }

  @Test
  void eachFailedTrialDoublesTheTimeUpToHalfAMinute() {
    failsThreeTimes();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(health.admits()).isFalse();
      pass(Duration.ofMillis(2));
      assertThat(health.admits()).isTrue();
      assertThat(health.failed()).isTrue();
    }
  }

  @Test
  void stragglersOfAnEjectedServerDoNotProlongIt() {
    failsThreeTimes();
    assertThat(health.failed()).isFalse();
    pass(Duration.ofMillis(1001));
    assertThat(health.admits()).isTrue();
  }

  @Test
  void aTrialThatNeverReportsIsFollowedByAnother() {
    failsThreeTimes();
    pass(Duration.ofMillis(1001));
    assertThat(health.admits()).isTrue();
    pass(Duration.ofMillis(1001));
    assertThat(health.admits()).isTrue();
  }
}

package dev.berth.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private final AtomicBoolean well = new AtomicBoolean(true);
  private final HandClock clock = new HandClock();
  private final Patience patience = new Patience(well::get, Duration.ofMinutes(10), clock);

  @Test
  void aBreakInTheWatchesIsNoReasonToRestart() {
    well.set(false);
    assertThat(patience.getAsBoolean()).isTrue();
    clock.pass(Duration.ofMinutes(9));
    assertThat(patience.getAsBoolean()).isTrue();

    well.set(true);
    assertThat(patience.getAsBoolean()).isTrue();
    well.set(false);
    clock.pass(Duration.ofMinutes(9));
    assertThat(patience.getAsBoolean()).isTrue();
  }

  @Test
  void watchesThatStayAwayAre() {
    well.set(false);
    assertThat(patience.getAsBoolean()).isTrue();
    clock.pass(Duration.ofMinutes(10));
    assertThat(patience.getAsBoolean()).isFalse();
  }

  private static final class HandClock extends Clock {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}

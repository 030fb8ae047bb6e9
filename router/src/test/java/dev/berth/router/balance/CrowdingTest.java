package dev.berth.router.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CrowdingTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final Crowding crowding = new Crowding(nanos::get);

  @Test
  void whatIsLikeTheRefusedOneAndAsLargeIsRefusedForAShortTime() {
    assertThat(crowding.refuses(new Burden("a", 10_000), 3)).isFalse();
    crowding.refused(new Burden("a", 10_000), 3);
    assertThat(crowding.refuses(new Burden("a", 10_000), 3)).isTrue();
    assertThat(crowding.refuses(new Burden("a", 9_999), 3)).isFalse();
    assertThat(crowding.refuses(new Burden("b", 10_000), 3)).isFalse();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(Crowding.HOLD_MILLIS));
    assertThat(crowding.refuses(new Burden("a", 10_000), 3)).isFalse();
  }

  @Test
  void theSmallestThatWasRefusedCountsWhileItIsNew() {
    crowding.refused(new Burden("a", 10_000), 3);
    crowding.refused(new Burden("a", 6_000), 3);
    crowding.refused(new Burden("a", 20_000), 3);
    assertThat(crowding.refuses(new Burden("a", 6_000), 3)).isTrue();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(Crowding.HOLD_MILLIS));
    crowding.refused(new Burden("a", 20_000), 3);
    assertThat(crowding.refuses(new Burden("a", 6_000), 3)).isFalse();
  }

  @Test
  void aSmallRequestSaysNothingAboutOthers() {
    crowding.refused(new Burden("a", Crowding.LEAST_BYTES - 1), 3);
    assertThat(crowding.refuses(new Burden("a", 1_000_000), 3)).isFalse();
  }

  @Test
  void whatIsAnsweredMakesRoomForAsMany() {
    crowding.refused(new Burden("a", 10_000), 3);
    assertThat(crowding.refuses(new Burden("a", 10_000), 4)).isTrue();
    assertThat(crowding.refuses(new Burden("a", 10_000), 3)).isTrue();
    assertThat(crowding.refuses(new Burden("a", 10_000), 2)).isFalse();
  }
}

package dev.berth.modelserver.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final long LIMIT = 100_000;

  @Test
  void whatWaitsIsBoundedByTheTimeThatItTakes() {
    Backlog backlog = new Backlog(2, LIMIT);
    // Two threads work off twice the limit in its time; what makes it full is still let in.
    for (int i = 0; i < 21; i++) {
      assertThat(backlog.add(10_000)).isEqualTo(10_000);
    }
    assertThat(backlog.refuses(10_000)).isTrue();
    assertThat(backlog.add(10_000)).isNegative();
    backlog.begun(10_000);
    assertThat(backlog.refuses(10_000)).isFalse();
  }

  @Test
  void costsAreJudgedByWhatTheyHaveTurnedOutToBe() {
    Backlog backlog = new Backlog(1, LIMIT);
    for (int i = 0; i < 200; i++) {
      double expected = backlog.add(10_000);
      backlog.begun(expected);
      backlog.finished(10_000, 1_000);
    }
    // A tenth of the bound: ten times as many fit in.
    for (int i = 0; i < 95; i++) {
      assertThat(backlog.add(10_000)).isBetween(950.0, 1_050.0);
    }
  }

  @Test
  void workThatTakesLongerThanTheLimitIsLetInAllTheSame() {
    Backlog backlog = new Backlog(1, LIMIT);
    assertThat(backlog.add(5 * LIMIT)).isPositive();
    assertThat(backlog.add(5 * LIMIT)).isPositive();
    assertThat(backlog.refuses(5 * LIMIT)).isTrue();
    assertThat(backlog.refuses(1)).isTrue();
  }

  @Test
  void numberIsBoundedToo() {
    Backlog backlog = new Backlog(1, LIMIT);
    for (int i = 0; i < 101; i++) {
      assertThat(backlog.add(0)).isZero();
    }
    assertThat(backlog.refuses(0)).isTrue();
    backlog.begun(0);
    assertThat(backlog.refuses(0)).isTrue();
    backlog.finished(0, 10);
    assertThat(backlog.refuses(0)).isFalse();
  }
}

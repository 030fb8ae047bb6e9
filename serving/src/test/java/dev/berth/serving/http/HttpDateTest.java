package dev.berth.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  @Test
  void theExampleOfTheStandard() {
    long second = ZonedDateTime.of(1994, 11, 6, 8, 49, 37, 0, ZoneOffset.UTC).toEpochSecond();
    assertThat(HttpDate.text(second)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void everyDayOfEveryMonthAsTheJdkWritesIt() {
    long aDayAndABit = 24 * 3600 + 3600 + 60 + 1;
    for (long second = 0; second < 253_402_300_800L; second += 97 * aDayAndABit) {
      assertThat(HttpDate.text(second))
          .isEqualTo(IMF_FIXDATE.format(Instant.ofEpochSecond(second)));
    }
    long now = Instant.now().getEpochSecond();
    for (long second = now; second < now + 400 * aDayAndABit; second += aDayAndABit) {
      assertThat(HttpDate.text(second))
          .isEqualTo(IMF_FIXDATE.format(Instant.ofEpochSecond(second)));
    }
  }

  @Test
  void nowIsNow() {
    long before = System.currentTimeMillis() / 1000;
    Instant said = Instant.from(IMF_FIXDATE.parse(HttpDate.now().toString()));
    assertThat(said.getEpochSecond()).isBetween(before, System.currentTimeMillis() / 1000);
  }
}

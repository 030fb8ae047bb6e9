package dev.berth.serving.http;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header (RFC 9110, 5.6.7), written out once a second. */
final class HttpDate {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private record Second(long epochSecond, AsciiString text) {}

  private static volatile Second last = second(0);

  static AsciiString now() {
    long epochSecond = System.currentTimeMillis() / 1000;
    Second known = last;
    if (known.epochSecond != epochSecond) {
      known = second(epochSecond);
      last = known;
    }
    return known.text;
  }

  private static Second second(long epochSecond) {
    return new Second(
        epochSecond, new AsciiString(IMF_FIXDATE.format(Instant.ofEpochSecond(epochSecond))));
  }

  private HttpDate() {}
}

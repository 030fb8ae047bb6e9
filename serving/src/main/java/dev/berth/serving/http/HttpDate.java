package dev.berth.serving.http;

import io.netty.util.AsciiString;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The Date header (RFC 9110, 5.6.7), written out once a second. */
final class HttpDate {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private record Second(long epochSecond, AsciiString text) {}

  private static volatile Second last = new Second(0, new AsciiString(text(0)));

  static AsciiString now() {
    long epochSecond = System.currentTimeMillis() / 1000;
    Second known = last;
    if (known.epochSecond != epochSecond) {
      known = new Second(epochSecond, new AsciiString(text(epochSecond)));
      last = known;
    }
    return known.text;
  }

  /** By hand: a formatter would look up the names of days among the locales at every start. */
  static String text(long epochSecond) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(", ");
    twoDigits(text, time.getDayOfMonth()).append(' ');
    text.append(MONTHS[time.getMonthValue() - 1]).append(' ').append(time.getYear()).append(' ');
    twoDigits(text, time.getHour()).append(':');
    twoDigits(text, time.getMinute()).append(':');
    return twoDigits(text, time.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private HttpDate() {}
}

package dev.berth.modelserver.media;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;

/**
 * Decimal text to the nearest float, bit for bit what {@link Float#parseFloat} gives, without a
 * String on the way. Most numbers that clients send have few digits and take the short cut here;
 * the library reads the rest.
 */
final class FloatReader {
  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int MAX_DIGITS = 18;
  private static final int EXPONENT_CAP = 100_000;
  private static final long MAX_EXACT = 1L << 53;
  private static final long DROPPED_BITS = (1L << 29) - 1;
  private static final long HALFWAY = 1L << 28;

  private FloatReader() {}

  /**
   * Reads {@code [+-] digits [. digits] [e [+-] digits]} (at least one digit before the exponent).
   *
   * @return the nearest float; an infinity when it is beyond the floats; NaN when the text is not a
   *     decimal number
   */
  static float read(byte[] text, int from, int to) {
    int at = from;
    boolean negative = false;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      negative = text[at] == '-';
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int significant = 0;
    int exponent = 0;
    boolean fraction = false;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        if (significant > 0 || digit != 0) {
          significant++;
        }
        if (significant <= MAX_DIGITS) {
          mantissa = mantissa * 10 + digit;
          exponent -= fraction ? 1 : 0;
        } else {
          exponent += fraction ? 0 : 1;
        }
      } else if (text[at] == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Float.NaN;
    }
    if (at < to) {
      int written = exponent(text, at, to);
      if (written == Integer.MIN_VALUE) {
        return Float.NaN;
      }
      exponent += written;
    }
    if (mantissa == 0) {
      return negative ? -0f : 0f;
    }
    float magnitude = significant <= MAX_DIGITS ? fast(mantissa, exponent) : Float.NaN;
    if (Float.isNaN(magnitude)) {
      return JavaFloatParser.parseFloat(text, from, to - from);
    }
    return negative ? -magnitude : magnitude;
  }

  /**
   * The float nearest to {@code mantissa / 10^fraction}.
   *
   * @param digits how many there are in all
   * @param fraction how many of them stand behind the point
   * @return NaN when that takes more than the short cut
   */
  static float decimal(boolean negative, long mantissa, int digits, int fraction) {
    if (digits > MAX_DIGITS) {
      return Float.NaN;
    }
    float magnitude = mantissa == 0 ? 0f : fast(mantissa, -fraction);
    return negative ? -magnitude : magnitude;
  }

  /**
   * The exponent written at {@code from} up to {@code to}, or MIN_VALUE when there is anything
   * else.
   */
  private static int exponent(byte[] text, int from, int to) {
    int at = from;
    if (text[at] != 'e' && text[at] != 'E') {
      return Integer.MIN_VALUE;
    }
    at++;
    boolean negative = false;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      negative = text[at] == '-';
      at++;
    }
    if (at == to) {
      return Integer.MIN_VALUE;
    }
    int value = 0;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      value = Math.min(EXPONENT_CAP, value * 10 + digit);
    }
    return negative ? -value : value;
  }

  /**
   * One exact integer times or divided by one exact power of ten rounds once, to the nearest double
   * (W. Clinger, "How to read floating point numbers accurately", 1990). Rounding that to a float
   * goes wrong only when the double lies exactly halfway between two floats, or where floats are
   * subnormal: NaN then, and the caller takes the slow road.
   */
  private static float fast(long mantissa, int exponent) {
    if (mantissa > MAX_EXACT || exponent < -22 || exponent > 22) {
      return Float.NaN;
    }
    double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    boolean halfway = (Double.doubleToRawLongBits(value) & DROPPED_BITS) == HALFWAY;
    return halfway || value < Float.MIN_NORMAL || value > Float.MAX_VALUE
        ? Float.NaN
        : (float) value;
  }
}

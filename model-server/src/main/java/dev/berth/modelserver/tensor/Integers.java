package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.Column;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Whole numbers of up to 64 bits to the nearest floats. */
final class Integers {
  private static final int MAX_DIGITS = 20;
  private static final long EXACT_IN_INT = 1L << 24;

  private Integers() {}

  /** The value that a whole number is in a column; of an unsigned type the bits are taken so. */
  static float value(Column column, Datatype datatype, long bits) {
    if (datatype == Datatype.UINT64 && bits < 0) {
      // Half the number, its lowest bit kept for rounding, has the mantissa of the whole.
      float half = (float) ((bits >>> 1) | (bits & 1));
      return column.value((double) half * 2);
    }
    // To a float at once: by way of a double, a number beyond 2^53 would be rounded twice.
    return column.value((double) (float) bits);
  }

  /** The same of a JSON number, which may be written as 3, 3.0 or 3e0. */
  static float value(Column column, Datatype datatype, byte[] text, int from, int to) {
    BigInteger whole = whole(text, from, to);
    if (whole == null || !datatype.holds(whole)) {
      throw new Column.Unreadable(
          Column.quoted(new String(text, from, to - from, StandardCharsets.US_ASCII))
              + " is no "
              + datatype);
    }
    return value(column, datatype, whole.longValue());
  }

  /** Null when the number is not whole, or larger than any of ours. */
  private static BigInteger whole(byte[] text, int from, int to) {
    boolean negative = text[from] == '-';
    int at = negative ? from + 1 : from;
    long value = 0;
    while (at < to && text[at] >= '0' && text[at] <= '9' && value < Long.MAX_VALUE / 10 - 1) {
      value = value * 10 + text[at++] - '0';
    }
    if (at == to) {
      return BigInteger.valueOf(negative ? -value : value);
    }
    String number = new String(text, from, to - from, StandardCharsets.US_ASCII);
    if (number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return to - from > MAX_DIGITS ? null : new BigInteger(number);
    }
    double rounded = Double.parseDouble(number);
    return Math.rint(rounded) == rounded && Math.abs(rounded) <= EXACT_IN_INT
        ? BigInteger.valueOf((long) rounded)
        : null;
  }
}

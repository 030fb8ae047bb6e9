package dev.berth.modelserver.media;

/**
 * A float as the shortest decimal that reads back to the same float: {@code 24.9}, {@code 25},
 * {@code 1.5e-7}. A value that is not finite has no such decimal; what stands for it is the
 * format's business.
 */
final class FloatWriter {
  /**
   * Below this a float has so few bits that one digit may do where Float.toString always gives two.
   */
  private static final float FEW_BITS = 64 * Float.MIN_VALUE;

  private FloatWriter() {}

  static void write(float value, AnswerBuffer out) {
    int whole = (int) value;
    if (whole == value && Math.abs(whole) < 10_000_000) {
      writeWhole(whole, value, out);
      return;
    }
    if (Math.abs(value) < FEW_BITS) {
      out.putAscii(subnormal(value));
      return;
    }
    // Since JDK 19 the JDK's own is the shortest decimal (R. Giulietti, "The Schubfach way to
    // render doubles"), and a builder takes it without a String.
    StringBuilder text = out.digits().append(value);
    int exponent = text.length() - 1;
    while (exponent > 0 && text.charAt(exponent) != 'E') {
      exponent--;
    }
    if (exponent == 0) {
      write(text, 0, text.length(), out);
      return;
    }
    boolean wholeMantissa = text.charAt(exponent - 1) == '0' && text.charAt(exponent - 2) == '.';
    write(text, 0, wholeMantissa ? exponent - 2 : exponent, out);
    out.put('e');
    write(text, exponent + 1, text.length(), out);
  }

  private static void write(StringBuilder text, int from, int to, AnswerBuffer out) {
    for (int i = from; i < to; i++) {
      out.put(text.charAt(i));
    }
  }

  private static void writeWhole(int whole, float value, AnswerBuffer out) {
    if (whole == 0 && Float.floatToRawIntBits(value) != 0) {
      out.put('-').put('0');
      return;
    }
    if (whole < 0) {
      out.put('-');
    }
    int rest = Math.abs(whole);
    int unit = 1;
    while (unit <= rest / 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.put((char) ('0' + rest / unit % 10));
    }
  }

  private static String subnormal(float value) {
    String text = Float.toString(value).replace(".0E", "E");
    int point = text.indexOf('.');
    int exponent = text.indexOf('E');
    if (point >= 0 && exponent == point + 2) {
      String oneDigit = String.format(java.util.Locale.ROOT, "%.0e", (double) value);
      if (Float.parseFloat(oneDigit) == value) {
        text = oneDigit.toUpperCase(java.util.Locale.ROOT);
      }
    }
    return text.replace('E', 'e');
  }
}

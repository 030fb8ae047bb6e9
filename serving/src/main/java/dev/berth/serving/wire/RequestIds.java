package dev.berth.serving.wire;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of requests, in the shape of a random UUID. Made from a thread's own fast generator: they
 * must be unique, not secret, and every request costs one.
 */
public final class RequestIds {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /** A new id, 36 characters. */
  @SuppressWarnings(
      "deprecation") // the one String constructor that copies Latin-1 bytes as they are
  public static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    byte[] text = new byte[36];
    hex(text, 0, high >>> 32, 8);
    text[8] = '-';
    hex(text, 9, high >>> 16, 4);
    text[13] = '-';
    hex(text, 14, high, 4);
    text[18] = '-';
    hex(text, 19, low >>> 48, 4);
    text[23] = '-';
    hex(text, 24, low, 12);
    return new String(text, 0);
  }

  private static void hex(byte[] text, int at, long bits, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      text[at + i] = HEX[(int) (bits & 15)];
      bits >>>= 4;
    }
  }

  private RequestIds() {}
}

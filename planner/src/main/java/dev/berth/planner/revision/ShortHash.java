package dev.berth.planner.revision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Eight characters of lower case base32 (RFC 4648): the first 40 bits of a SHA-256. They may stand
 * anywhere in a DNS label but first.
 */
public final class ShortHash {
  public static final int LENGTH = 8;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BITS = 5;

  private ShortHash() {}

  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String of(byte[] bytes) {
    byte[] digest = sha256().digest(bytes);
    long first40 = 0;
    for (int i = 0; i < LENGTH * BITS / Byte.SIZE; i++) {
      first40 = (first40 << Byte.SIZE) | (digest[i] & 0xff);
    }
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = LENGTH - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt((int) (first40 >> (i * BITS)) & ((1 << BITS) - 1)));
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

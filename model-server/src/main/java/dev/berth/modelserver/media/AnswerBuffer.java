package dev.berth.modelserver.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of an answer as they grow; kept by a thread and used again for the next answer. */
public final class AnswerBuffer {
  private static final int KEPT_BYTES = 1 << 20;

  private final int maxBytes;
  private byte[] bytes = new byte[4096];
  private int size;

  /**
   * An empty buffer.
   *
   * @param maxBytes what an answer may take at most
   */
  public AnswerBuffer(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Forgets what is written; lets go of the memory of an unusually large answer. */
  public void clear() {
    size = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[4096];
    }
  }

  public int size() {
    return size;
  }

  /** A copy of what is written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /**
   * The array behind; only the first {@link #size()} bytes are the answer, and only until it is
   * written to again.
   */
  public byte[] array() {
    return bytes;
  }

  AnswerBuffer put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  @SuppressWarnings(
      "deprecation") // getBytes(int, int, byte[], int) is the one copy of Latin-1 text that
  // allocates nothing
  AnswerBuffer putAscii(String ascii) {
    reserve(ascii.length());
    ascii.getBytes(0, ascii.length(), bytes, size);
    size += ascii.length();
    return this;
  }

  AnswerBuffer putUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size >= more) {
      return;
    }
    long needed = (long) size + more;
    if (needed > maxBytes) {
      throw new TooManyRowsException(
          "the answer would be larger than " + maxBytes + " bytes; send fewer rows in one request");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(needed, bytes.length * 2L)));
  }
}

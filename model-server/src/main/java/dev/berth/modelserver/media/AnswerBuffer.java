package dev.berth.modelserver.media;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of an answer as they grow; kept by a thread and used again for the next answer. */
public final class AnswerBuffer {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int KEPT_BYTES = 1 << 20;

  private final int maxBytes;
  private final StringBuilder digits = new StringBuilder(16);
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

  /** What is written, which is UTF-8. */
  public String toText() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /**
   * The array behind; only the first {@link #size()} bytes are the answer, and only until it is
   * written to again.
   */
  public byte[] array() {
    return bytes;
  }

  /** An empty builder for the digits of one number. */
  StringBuilder digits() {
    digits.setLength(0);
    return digits;
  }

  /** One ASCII character. */
  public AnswerBuffer put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** ASCII text. */
  @SuppressWarnings(
      "deprecation") // getBytes(int, int, byte[], int) is the one copy of Latin-1 text that
  // allocates nothing
  public AnswerBuffer putAscii(String ascii) {
    reserve(ascii.length());
    ascii.getBytes(0, ascii.length(), bytes, size);
    size += ascii.length();
    return this;
  }

  /** Text in UTF-8. */
  public AnswerBuffer putUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return put(utf8, 0, utf8.length);
  }

  /** Bytes as they are. */
  public AnswerBuffer put(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
    return this;
  }

  /** A number as JSON has it: the shortest decimal, or null when the value is not finite. */
  public AnswerBuffer putJsonNumber(float value) {
    if (Float.isFinite(value)) {
      FloatWriter.write(value, this);
      return this;
    }
    return putAscii("null");
  }

  /** A text as JSON has it, in quotes. */
  public AnswerBuffer putJsonString(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return putUtf8(quoted.append('"').toString());
  }

  /** A whole number in little endian order. */
  public AnswerBuffer putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size >= more) {
      return;
    }
    long needed = (long) size + more;
    if (needed > maxBytes) {
      throw TooManyRowsException.answer(maxBytes);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(needed, bytes.length * 2L)));
  }
}

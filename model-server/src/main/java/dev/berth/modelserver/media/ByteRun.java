package dev.berth.modelserver.media;

import java.nio.charset.StandardCharsets;

/** A request's bytes inside an array that is somebody else's: {@code array()[from(), to())}. */
public final class ByteRun {
  private final byte[] array;
  private final int from;
  private final int to;

  public ByteRun(byte[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }

  /** A text's, in UTF-8. */
  public static ByteRun of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new ByteRun(utf8, 0, utf8.length);
  }

  public byte[] array() {
    return array;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  public int length() {
    return to - from;
  }
}

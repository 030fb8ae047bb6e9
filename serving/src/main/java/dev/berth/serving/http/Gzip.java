package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks what clients send packed, never more than a limit: a few bytes can unpack to millions.
 */
public final class Gzip {
  private static final int FIRST_GUESS = 16 << 10;

  private Gzip() {}

  /**
   * Unpacks bytes, which are left as they are.
   *
   * @param limit the most bytes that they may unpack to
   * @return the unpacked bytes, backed by an array; empty when they are more than the limit
   * @throws IOException when they are not gzip
   */
  public static Optional<ByteBuf> unpack(ByteBuf packed, int limit) throws IOException {
    byte[] bytes = new byte[Math.min(limit, FIRST_GUESS)];
    int size = 0;
    try (InputStream in = new GZIPInputStream(new ByteBufInputStream(packed.duplicate()))) {
      while (true) {
        if (size == bytes.length) {
          if (size == limit) {
            return in.read() < 0 ? Optional.of(unpacked(bytes, size)) : Optional.empty();
          }
          bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * size));
        }
        int count = in.read(bytes, size, bytes.length - size);
        if (count < 0) {
          return Optional.of(unpacked(bytes, size));
        }
        size += count;
      }
    }
  }

  private static ByteBuf unpacked(byte[] bytes, int size) {
    return Unpooled.wrappedBuffer(bytes, 0, size);
  }
}

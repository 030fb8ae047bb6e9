package dev.berth.modelserver.invoke;

import dev.berth.serving.http.Gzip;
import dev.berth.serving.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** gzip, for bodies that come so and for answers that may go so. */
final class ContentCoding {
  private static final int BUFFER_BYTES = 16 << 10;

  private ContentCoding() {}

  /** Whether a body is gzip; throws {@link Refusal} for a coding that is not read. */
  static boolean isGzip(Optional<String> contentEncoding) {
    String coding = contentEncoding.map(c -> c.strip().toLowerCase(Locale.ROOT)).orElse("identity");
    return switch (coding) {
      case "gzip", "x-gzip" -> true;
      case "identity", "" -> false;
      default ->
          throw new Refusal(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding '" + coding + "' is not read here; use gzip, or none");
    };
  }

  /**
   * Unpacks a body; empty when it is larger than the limit, which is noticed before more than that
   * is held.
   */
  static Optional<ByteBuf> gunzip(ByteBuf packed, int limit) {
    try {
      return Gzip.unpack(packed, limit);
    } catch (IOException e) {
      throw new Refusal(
          ErrorCode.VALIDATION, "the body is not the gzip that it claims to be: " + e.getMessage());
    }
  }

  /** Whether an Accept-Encoding header (RFC 9110, 12.5.3) takes gzip. */
  static boolean takesGzip(Optional<String> acceptEncoding) {
    double gzip = -1;
    double any = 0;
    for (String coding : acceptEncoding.orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.split(";", -1);
      switch (parts[0].strip()) {
        case "gzip", "x-gzip" -> gzip = quality(parts);
        case "*" -> any = quality(parts);
        default -> {}
      }
    }
    return gzip >= 0 ? gzip > 0 : any > 0;
  }

  /** Packs an answer, fast rather than small. */
  static byte[] gzip(byte[] bytes, int size) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(size / 4);
    try (GZIPOutputStream out =
        new GZIPOutputStream(packed, BUFFER_BYTES) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      out.write(bytes, 0, size);
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes every byte", e);
    }
    return packed.toByteArray();
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException _) {
          return 0;
        }
      }
    }
    return 1;
  }
}

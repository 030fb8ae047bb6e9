package dev.berth.aot.image;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes tar archives (POSIX.1-1988 ustar) of plain files that are root's and read-only: the same
 * bytes give the same archive, on every machine.
 */
final class TarFile {
  private static final int BLOCK = 512;

  /** As Jib's: the JVM takes 0 for a time that is not known. */
  private static final long SECONDS_SINCE_EPOCH = 1;

  private TarFile() {}

  /** Opens the same bytes again and again. */
  interface Content {
    InputStream open() throws IOException;
  }

  /**
   * One file.
   *
   * @param name at most 100 ASCII characters
   */
  record Entry(String name, long sizeBytes, Content content) {
    static Entry of(String name, byte[] bytes) {
      return new Entry(name, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    static Entry of(String name, Path file) throws IOException {
      return new Entry(name, Files.size(file), () -> Files.newInputStream(file));
    }
  }

  static void write(Path archive, List<Entry> entries) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16)) {
      write(out, entries);
    }
  }

  static void write(OutputStream out, List<Entry> entries) throws IOException {
    for (Entry entry : entries) {
      out.write(header(entry));
      try (InputStream in = entry.content().open()) {
        in.transferTo(out);
      }
      out.write(new byte[(int) (-entry.sizeBytes() & (BLOCK - 1))]);
    }
    out.write(new byte[2 * BLOCK]);
  }

  private static byte[] header(Entry entry) {
    byte[] header = new byte[BLOCK];
    text(header, 0, entry.name());
    text(header, 100, "0000444");
    text(header, 108, "0000000");
    text(header, 116, "0000000");
    text(header, 124, "%011o".formatted(entry.sizeBytes()));
    text(header, 136, "%011o".formatted(SECONDS_SINCE_EPOCH));
    header[156] = '0';
    text(header, 257, "ustar");
    text(header, 263, "00");
    // The sum is over the header with blanks in the sum's own place.
    text(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    text(header, 148, "%06o".formatted(sum));
    header[154] = 0;
    return header;
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactTooLarge;
import static dev.berth.modelserver.failure.FailureReason.InvalidModel;

import dev.berth.modelserver.failure.LoadFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A .tar.gz that holds exactly one model. Names in the archive are only ever shown, never used as
 * paths: the one file goes where the caller says. Bounded by what is unpacked, not by what headers
 * claim.
 */
final class ModelArchive {
  /** POSIX ustar: headers and contents in blocks of 512 bytes. */
  private static final int BLOCK = 512;

  private final InputStream tar;
  private final String shown;
  private final byte[] header = new byte[BLOCK];
  private long left;

  private ModelArchive(InputStream tar, long maxBytes, String shown) {
    this.tar = tar;
    this.left = maxBytes;
    this.shown = shown;
  }

  /** Whether the file is compressed by gzip; no model begins so. */
  static boolean isGzip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(3);
      return magic.length == 3 && magic[0] == 0x1f && magic[1] == (byte) 0x8b && magic[2] == 8;
    }
  }

  /** Writes the one model in the archive to a file. */
  static void unpack(Path archive, Path to, long maxBytes, String shown)
      throws LoadFailure, IOException {
    try (InputStream tar =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
      new ModelArchive(tar, maxBytes, shown).unpack(to);
    } catch (ZipException | EOFException e) {
      throw new LoadFailure(InvalidModel, shown + " is a damaged .tar.gz: " + e.getMessage(), e);
    }
  }

  private void unpack(Path to) throws LoadFailure, IOException {
    String found = null;
    while (nextHeader()) {
      long size = size();
      char type = (char) header[156];
      String name = name();
      boolean file = type == '0' || type == 0;
      if (file && !isClutter(name)) {
        if (found != null) {
          throw invalid(
              "holds more than one file: '"
                  + found
                  + "' and '"
                  + name
                  + "'; exactly one model is expected");
        }
        found = name;
        try (OutputStream out = Files.newOutputStream(to)) {
          copy(size, out);
        }
      } else if (file || "xgLK5".indexOf(type) >= 0) {
        copy(size, OutputStream.nullOutputStream());
      } else {
        throw invalid("holds '" + name + "', which is neither a file nor a directory");
      }
      copy((BLOCK - size % BLOCK) % BLOCK, OutputStream.nullOutputStream());
    }
    if (found == null) {
      throw invalid("holds no file; exactly one model is expected");
    }
  }

  /** Reads a header; false at the end: two blocks of zeros, or nothing more. */
  private boolean nextHeader() throws LoadFailure, IOException {
    int read = tar.readNBytes(header, 0, BLOCK);
    spend(read);
    if (read == 0) {
      return false;
    }
    if (read < BLOCK) {
      throw invalid("ends in the middle of the archive");
    }
    boolean zeros = true;
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      zeros &= header[i] == 0;
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (!zeros && octal(148, 8) != sum) {
      throw invalid("is not a tar archive inside the gzip");
    }
    return !zeros;
  }

  private void copy(long size, OutputStream out) throws LoadFailure, IOException {
    byte[] piece = new byte[1 << 16];
    for (long rest = size; rest > 0; ) {
      int count = tar.read(piece, 0, (int) Math.min(piece.length, rest));
      if (count < 0) {
        throw invalid("ends in the middle of a file");
      }
      spend(count);
      out.write(piece, 0, count);
      rest -= count;
    }
  }

  private void spend(long bytes) throws LoadFailure {
    left -= bytes;
    if (left < 0) {
      throw new LoadFailure(
          ArtifactTooLarge, shown + " unpacks to more than --max-artifact-bytes allows");
    }
  }

  private long size() throws LoadFailure {
    if ((header[124] & 0x80) == 0) {
      return octal(124, 12);
    }
    // GNU's way beyond 8 GiB, in base 256: larger than any bound here.
    throw new LoadFailure(
        ArtifactTooLarge, shown + " holds '" + name() + "', which is larger than 8 GiB");
  }

  private long octal(int from, int length) throws LoadFailure {
    long value = 0;
    for (int i = from; i < from + length; i++) {
      if (header[i] >= '0' && header[i] <= '7') {
        value = value * 8 + (header[i] - '0');
      } else if (header[i] != ' ' && header[i] != 0) {
        throw invalid("has a damaged tar header");
      }
    }
    return value;
  }

  private String name() {
    int end = 0;
    while (end < 100 && header[end] != 0) {
      end++;
    }
    return new String(header, 0, end, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
  }

  /** What macOS adds to archives by itself. */
  private static boolean isClutter(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.startsWith("._") || last.equals(".DS_Store");
  }

  private LoadFailure invalid(String problem) {
    return new LoadFailure(InvalidModel, shown + " " + problem);
  }
}

package dev.berth.aot.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A layer of an image.
 *
 * @param name of its file in an archive: digest of what is packed
 * @param packed its tar, packed with gzip
 * @param diffId SHA-256 of the tar, hexadecimal
 * @param comment what the image's history says of it
 */
record Layer(String name, Path packed, String diffId, String comment) {

  /** Makes a layer of one file. */
  static Layer ofFile(Path file, String pathInImage, Path packed, String comment)
      throws IOException {
    MessageDigest tarDigest = sha256();
    MessageDigest packedDigest = sha256();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(packed), packedDigest);
        OutputStream tar = new DigestOutputStream(new GZIPOutputStream(out, 1 << 16), tarDigest)) {
      TarFile.write(tar, List.of(TarFile.Entry.of(pathInImage.substring(1), file)));
    }
    HexFormat hex = HexFormat.of();
    return new Layer(
        hex.formatHex(packedDigest.digest()) + ".tar.gz",
        packed,
        hex.formatHex(tarDigest.digest()),
        comment);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

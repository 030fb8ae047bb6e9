package dev.berth.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages a file in one to three places, as disks, networks and enemies do. */
final class FileMutator {
  private static final long[] REMARKABLE = {
    0,
    1,
    -1,
    2,
    127,
    255,
    1 << 16,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random;
  private final List<byte[]> files;

  FileMutator(Random random, List<byte[]> files) {
    this.random = random;
    this.files = files;
  }

  byte[] mutate() {
    byte[] file = files.get(random.nextInt(files.size())).clone();
    int damages = 1 + random.nextInt(3);
    for (int i = 0; i < damages && file.length > 16; i++) {
      file = damage(file);
    }
    return file;
  }

  private byte[] damage(byte[] file) {
    return switch (random.nextInt(9)) {
      case 0, 1 -> flipBit(file);
      case 2 -> setByte(file);
      case 3 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 4 -> setNumber(file);
      case 5 -> inflateLength(file);
      case 6 -> changeDigits(file);
      case 7 -> splice(file);
      default -> cutOut(file);
    };
  }

  private byte[] flipBit(byte[] file) {
    file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
    return file;
  }

  private byte[] setByte(byte[] file) {
    String structural = "{}[]$#LSdlUiITFZ\",:0123456789-+.eE";
    file[random.nextInt(file.length)] =
        random.nextBoolean()
            ? (byte) random.nextInt(256)
            : (byte) structural.charAt(random.nextInt(structural.length()));
    return file;
  }

  private byte[] setNumber(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    bytes.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long value = REMARKABLE[random.nextInt(REMARKABLE.length)];
    int at = random.nextInt(file.length - 8);
    if (random.nextBoolean()) {
      bytes.putInt(at, (int) value);
    } else {
      bytes.putLong(at, value);
    }
    return file;
  }

  /** Where UBJSON says a length, or near the front, where the binary format says most of its. */
  private byte[] inflateLength(byte[] file) {
    int at = random.nextInt(file.length - 9);
    for (int i = at; i < file.length - 9; i++) {
      if (file[i] == 'L') {
        ByteBuffer.wrap(file).putLong(i + 1, REMARKABLE[random.nextInt(REMARKABLE.length)]);
        return file;
      }
    }
    int front = Math.min(file.length, 700) / 4;
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(4 * random.nextInt(front), (int) REMARKABLE[random.nextInt(REMARKABLE.length)]);
    return file;
  }

  /** Another digit for each of a run of digits, as text has its numbers. */
  private byte[] changeDigits(byte[] file) {
    int at = random.nextInt(file.length);
    while (at < file.length && !isDigit(file[at])) {
      at++;
    }
    for (; at < file.length && isDigit(file[at]); at++) {
      file[at] = (byte) ('0' + random.nextInt(10));
    }
    return file;
  }

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }

  private byte[] splice(byte[] file) {
    byte[] other = files.get(random.nextInt(files.size()));
    int from = random.nextInt(other.length);
    int length = Math.min(random.nextInt(200), other.length - from);
    int at = random.nextInt(file.length);
    byte[] spliced = Arrays.copyOf(file, file.length + length);
    System.arraycopy(other, from, spliced, at, length);
    System.arraycopy(file, at, spliced, at + length, file.length - at);
    return spliced;
  }

  private byte[] cutOut(byte[] file) {
    int at = random.nextInt(file.length);
    int length = Math.min(1 + random.nextInt(64), file.length - at);
    byte[] shorter = Arrays.copyOf(file, file.length - length);
    System.arraycopy(file, at + length, shorter, at, file.length - at - length);
    return shorter;
  }
}

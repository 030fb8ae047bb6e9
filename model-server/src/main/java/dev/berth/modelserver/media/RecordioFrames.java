package dev.berth.modelserver.media;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The records of a RecordIO stream: a magic number, a length, the bytes, zeros up to the next
 * multiple of four. The three upper bits of the length say that a record comes in parts, because
 * its own bytes hold the magic number where a reader that looks for the next record would find it:
 * it stands between the parts and is not written.
 */
final class RecordioFrames {
  static final int MAGIC = 0xced7230a;
  static final int HEAD_BYTES = 8;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LENGTH_BITS = 29;
  private static final int WHOLE = 0;
  private static final int FIRST_PART = 1;
  private static final int LAST_PART = 3;

  private final byte[] stream;
  private final int to;
  private int at;
  private int part;
  private byte[] record;
  private int recordFrom;
  private int recordTo;

  RecordioFrames(byte[] stream, int from, int to) {
    this.stream = stream;
    this.at = from;
    this.to = to;
    this.record = stream;
  }

  /** Whether there is one more; throws {@link InvalidRowsException} when the stream is broken. */
  boolean next(long row) {
    if (at == to) {
      return false;
    }
    frame(row);
    if (part == WHOLE) {
      record = stream;
      return true;
    }
    if (part != FIRST_PART) {
      throw InvalidRowsException.of(row, "a part of a record comes without its first part");
    }
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.write(stream, recordFrom, recordTo - recordFrom);
    while (part != LAST_PART) {
      frame(row);
      if (part <= FIRST_PART) {
        throw InvalidRowsException.of(row, "a record in parts does not end");
      }
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        parts.write(MAGIC >>> shift);
      }
      parts.write(stream, recordFrom, recordTo - recordFrom);
    }
    record = parts.toByteArray();
    recordFrom = 0;
    recordTo = record.length;
    return true;
  }

  /** What holds the record: {@code record()[from(), to())}. */
  byte[] record() {
    return record;
  }

  int from() {
    return recordFrom;
  }

  int to() {
    return recordTo;
  }

  private void frame(long row) {
    if (to - at < HEAD_BYTES) {
      throw InvalidRowsException.of(row, "the body ends inside a record");
    }
    if ((int) INTS.get(stream, at) != MAGIC) {
      throw InvalidRowsException.of(
          row, "no record begins here: each begins with the bytes 0a 23 d7 ce");
    }
    int word = (int) INTS.get(stream, at + Integer.BYTES);
    part = word >>> LENGTH_BITS;
    int length = word & ((1 << LENGTH_BITS) - 1);
    recordFrom = at + HEAD_BYTES;
    if (part > LAST_PART || length > to - recordFrom) {
      throw InvalidRowsException.of(row, "a record is longer than the body");
    }
    recordTo = recordFrom + length;
    // Some writers leave out what fills up the last record.
    at = Math.min(to, recordFrom + ((length + 3) & ~3));
  }
}

package dev.berth.serving.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The fields of one message, one after the other, read in place. Any input ends in fields or in a
 * {@link ProtobufException}; nothing outside the message's bytes is touched.
 */
public final class ProtobufReader {
  /** How a field's value is written. */
  public enum Wire {
    VARINT,
    FIXED64,
    BYTES,
    FIXED32
  }

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_VARINT_BITS = 63;

  private final byte[] bytes;
  private final int to;
  private int at;
  private int field;
  private Wire wire = Wire.VARINT;
  private long value;
  private int valueFrom;
  private int valueTo;

  /** The message in {@code bytes[from, to)}. */
  public ProtobufReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  /** Reads the next field with its value; false at the end. */
  public boolean next() {
    if (at == to) {
      return false;
    }
    long tag = varint();
    long number = tag >>> 3;
    if (number == 0 || number > 0x1fff_ffff) {
      throw new ProtobufException("a field has the number " + number);
    }
    field = (int) number;
    switch ((int) tag & 7) {
      case 0 -> {
        wire = Wire.VARINT;
        value = varint();
      }
      case 1 -> {
        wire = Wire.FIXED64;
        value = (long) LONGS.get(bytes, taken(Long.BYTES));
      }
      case 2 -> {
        wire = Wire.BYTES;
        long length = varint();
        valueFrom = taken(length);
        valueTo = at;
      }
      case 5 -> {
        wire = Wire.FIXED32;
        value = (int) INTS.get(bytes, taken(Integer.BYTES));
      }
      default -> throw new ProtobufException("field " + field + " is of an unknown kind");
    }
    return true;
  }

  /** The number of the field just read. */
  public int field() {
    return field;
  }

  /** How the field just read is written. */
  public Wire wire() {
    return wire;
  }

  /** A number's bits: a 32 bit one's are the lower ones, sign-extended. */
  public long number() {
    if (wire == Wire.BYTES) {
      throw new ProtobufException("field " + field + " is not a number");
    }
    return value;
  }

  /** Where the bytes of a string, of bytes or of a message begin. */
  public int from() {
    requireBytes();
    return valueFrom;
  }

  /** Where they end. */
  public int to() {
    requireBytes();
    return valueTo;
  }

  /** The message that the field just read holds. */
  public ProtobufReader message() {
    requireBytes();
    return new ProtobufReader(bytes, valueFrom, valueTo);
  }

  /** The text that the field just read holds. */
  public String string() {
    requireBytes();
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, valueFrom, valueTo - valueFrom))
          .toString();
    } catch (CharacterCodingException _) {
      throw new ProtobufException("field " + field + " is not UTF-8");
    }
  }

  private void requireBytes() {
    if (wire != Wire.BYTES) {
      throw new ProtobufException("field " + field + " is a number, not bytes");
    }
  }

  private int taken(long length) {
    if (length < 0 || length > to - at) {
      throw new ProtobufException("field " + field + " is longer than its message");
    }
    int start = at;
    at += (int) length;
    return start;
  }

  /** Whether bytes are left: of a packed field's number, {@link #varint} reads the next one. */
  public boolean hasMore() {
    return at < to;
  }

  /** Reads a number that stands without a field, as in a packed field. */
  public long varint() {
    long result = 0;
    for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
      if (at == to) {
        throw new ProtobufException("the message ends inside a field");
      }
      byte b = bytes[at++];
      result |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw new ProtobufException("a number is longer than 64 bits");
  }
}

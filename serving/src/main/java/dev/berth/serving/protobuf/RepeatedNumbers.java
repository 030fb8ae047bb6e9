package dev.berth.serving.protobuf;

import dev.berth.serving.protobuf.ProtobufReader.Wire;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The numbers of one repeated field, in order. A writer may pack them into one run of bytes, give
 * each a field of its own, or mix both; a reader has to take all of it.
 */
public final class RepeatedNumbers {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final ProtobufReader message;
  private final int field;
  private final Wire wire;

  /** What is left of a packed run. */
  private int at;

  private int end;
  private long value;

  /**
   * The numbers of a field of the message in {@code bytes[from, to)}.
   *
   * @param wire how one number is written: not {@link Wire#BYTES}
   */
  public RepeatedNumbers(byte[] bytes, int from, int to, int field, Wire wire) {
    this.bytes = bytes;
    this.message = new ProtobufReader(bytes, from, to);
    this.field = field;
    this.wire = wire;
  }

  /** Whether there is one more; it is then {@link #value}. */
  public boolean next() {
    while (at == end) {
      if (!message.next()) {
        return false;
      }
      if (message.field() != field) {
        continue;
      }
      if (message.wire() == wire) {
        value = message.number();
        return true;
      }
      at = message.from();
      end = message.to();
    }
    value = packed();
    return true;
  }

  /** The bits of the number just read; of a 32 bit one the lower ones count. */
  public long value() {
    return value;
  }

  private long packed() {
    int size = wire == Wire.FIXED64 ? Long.BYTES : wire == Wire.FIXED32 ? Integer.BYTES : 1;
    if (end - at < size) {
      throw new ProtobufException("field " + field + " ends inside a number");
    }
    if (wire == Wire.FIXED64) {
      at += size;
      return (long) LONGS.get(bytes, at - size);
    }
    if (wire == Wire.FIXED32) {
      at += size;
      return (int) INTS.get(bytes, at - size);
    }
    long result = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw new ProtobufException("field " + field + " ends inside a number");
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

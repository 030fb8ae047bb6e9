package dev.berth.serving.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes fields of messages, nested ones too, into one growing array. */
public final class ProtobufWriter {
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BYTES = 2;

  private byte[] bytes = new byte[256];
  private int size;

  /** Forgets what is written. */
  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  /** The array behind; only the first {@link #size()} bytes count, until the next write. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** A truth value. */
  public ProtobufWriter bool(int field, boolean value) {
    tag(field, 0);
    varint(value ? 1 : 0);
    return this;
  }

  /** A text. */
  public ProtobufWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes as they are. */
  public ProtobufWriter bytes(int field, byte[] value) {
    tag(field, BYTES);
    varint(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Whole numbers, packed. */
  public ProtobufWriter int64s(int field, long... values) {
    int start = begin(field);
    for (long value : values) {
      varint(value);
    }
    end(start);
    return this;
  }

  /**
   * Floats in little endian order after one length: what a packed field of floats is, and what a
   * tensor's raw bytes are.
   */
  public ProtobufWriter floats(int field, float[] values, int offset, int count) {
    tag(field, BYTES);
    varint((long) count * Float.BYTES);
    reserve((long) count * Float.BYTES);
    for (int i = 0; i < count; i++) {
      FLOATS.set(bytes, size, values[offset + i]);
      size += Float.BYTES;
    }
    return this;
  }

  /** Begins a nested message; {@link #end} takes what this returns. */
  public int begin(int field) {
    tag(field, BYTES);
    return size;
  }

  /** Ends a nested message: only now its length is known, and moves in before it. */
  public void end(int start) {
    int length = size - start;
    int prefix = 1;
    while (length >>> (7 * prefix) != 0) {
      prefix++;
    }
    reserve(prefix);
    System.arraycopy(bytes, start, bytes, start + prefix, length);
    size = start;
    varint(length);
    size += length;
  }

  private void tag(int field, int wire) {
    varint((long) field << 3 | wire);
  }

  private void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void reserve(long more) {
    long needed = size + more;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, bytes.length * 2L)));
    }
  }
}

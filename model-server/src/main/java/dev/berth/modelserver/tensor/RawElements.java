package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.Column;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A tensor's raw bytes: little endian, without gaps; strings after a length of four bytes each. */
final class RawElements implements Elements {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Datatype datatype;
  private final byte[] bytes;
  private final int to;
  private final String input;
  private int at;

  /** The tensor called {@code input} in {@code bytes[from, to)}. */
  RawElements(String input, Datatype datatype, byte[] bytes, int from, int to) {
    this.input = input;
    this.datatype = datatype;
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  @Override
  public float next(Column column) {
    if (datatype == Datatype.BYTES) {
      int length = (int) INTS.get(bytes, taken(Integer.BYTES));
      int from = taken(length);
      return column.value(bytes, from, at);
    }
    int element = taken(datatype.sizeBytes());
    return switch (datatype) {
      case FP32 -> column.value(Float.intBitsToFloat((int) INTS.get(bytes, element)));
      case FP64 -> column.value(Double.longBitsToDouble((long) LONGS.get(bytes, element)));
      case FP16 -> column.value(Float.float16ToFloat((short) SHORTS.get(bytes, element)));
      case BF16 ->
          column.value(Float.intBitsToFloat((short) SHORTS.get(bytes, element) << Short.SIZE));
      default -> Integers.value(column, datatype, integer(element));
    };
  }

  @Override
  public void end() {
    if (at != to) {
      throw InvalidTensorException.of(
          input, (to - at) + " bytes more than its shape and datatype take");
    }
  }

  private long integer(int element) {
    return switch (datatype) {
      case BOOL -> bytes[element] == 0 ? 0 : 1;
      case INT8 -> bytes[element];
      case UINT8 -> bytes[element] & 0xff;
      case INT16 -> (short) SHORTS.get(bytes, element);
      case UINT16 -> (short) SHORTS.get(bytes, element) & 0xffff;
      case INT32 -> (int) INTS.get(bytes, element);
      case UINT32 -> (int) INTS.get(bytes, element) & 0xffff_ffffL;
      default -> (long) LONGS.get(bytes, element);
    };
  }

  private int taken(int length) {
    if (length < 0 || length > to - at) {
      throw InvalidTensorException.of(input, "fewer bytes than its shape and datatype take");
    }
    int start = at;
    at += length;
    return start;
  }
}

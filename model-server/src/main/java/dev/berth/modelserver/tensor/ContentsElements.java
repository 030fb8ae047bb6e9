package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.Column;
import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufReader.Wire;
import dev.berth.serving.protobuf.RepeatedNumbers;

/** The elements of an {@code InferTensorContents} message, in the field of their datatype. */
final class ContentsElements {
  private static final int BOOL = 1;
  private static final int INT = 2;
  private static final int INT64 = 3;
  private static final int UINT = 4;
  private static final int UINT64 = 5;
  private static final int FP32 = 6;
  private static final int FP64 = 7;
  private static final int BYTES = 8;

  private ContentsElements() {}

  /** Those of the tensor called {@code input}, whose contents are {@code bytes[from, to)}. */
  static Elements of(String input, Datatype datatype, byte[] bytes, int from, int to) {
    if (datatype == Datatype.BYTES) {
      return new Texts(input, bytes, new ProtobufReader(bytes, from, to));
    }
    if (datatype == Datatype.FP16 || datatype == Datatype.BF16) {
      throw InvalidTensorException.of(
          input, "of " + datatype + " there are only raw contents: raw_input_contents");
    }
    return new Numbers(
        input, datatype, new RepeatedNumbers(bytes, from, to, field(datatype), wire(datatype)));
  }

  private static int field(Datatype datatype) {
    return switch (datatype) {
      case BOOL -> BOOL;
      case INT8, INT16, INT32 -> INT;
      case INT64 -> INT64;
      case UINT8, UINT16, UINT32 -> UINT;
      case UINT64 -> UINT64;
      case FP64 -> FP64;
      case FP32, FP16, BF16 -> FP32;
      case BYTES -> BYTES;
    };
  }

  private static Wire wire(Datatype datatype) {
    return switch (datatype) {
      case FP32 -> Wire.FIXED32;
      case FP64 -> Wire.FIXED64;
      default -> Wire.VARINT;
    };
  }

  private record Numbers(String input, Datatype datatype, RepeatedNumbers numbers)
      implements Elements {
    @Override
    public float next(Column column) {
      if (!numbers.next()) {
        throw tooFew(input);
      }
      long bits = numbers.value();
      return switch (datatype) {
        case FP32 -> column.value(Float.intBitsToFloat((int) bits));
        case FP64 -> column.value(Double.longBitsToDouble(bits));
        case INT8, INT16, INT32 -> small(column, bits << Integer.SIZE >> Integer.SIZE);
        case UINT8, UINT16, UINT32 -> small(column, bits & 0xffff_ffffL);
        case BOOL -> column.value(bits == 0 ? 0.0 : 1.0);
        default -> Integers.value(column, datatype, bits);
      };
    }

    /** The field is wider than the smaller datatypes. */
    private float small(Column column, long number) {
      if (!datatype.holds(number)) {
        throw new Column.Unreadable(number + " is no " + datatype);
      }
      return Integers.value(column, datatype, number);
    }

    @Override
    public void end() {
      if (numbers.next()) {
        throw tooMany(input);
      }
    }
  }

  private static final class Texts implements Elements {
    private final String input;
    private final byte[] bytes;
    private final ProtobufReader contents;

    Texts(String input, byte[] bytes, ProtobufReader contents) {
      this.input = input;
      this.bytes = bytes;
      this.contents = contents;
    }

    @Override
    public float next(Column column) {
      if (!more()) {
        throw tooFew(input);
      }
      return column.value(bytes, contents.from(), contents.to());
    }

    @Override
    public void end() {
      if (more()) {
        throw tooMany(input);
      }
    }

    private boolean more() {
      while (contents.next()) {
        if (contents.field() == BYTES) {
          return true;
        }
      }
      return false;
    }
  }

  private static InvalidTensorException tooFew(String input) {
    return InvalidTensorException.of(
        input, "its contents have fewer elements of its datatype than its shape says");
  }

  private static InvalidTensorException tooMany(String input) {
    return InvalidTensorException.of(input, "its contents have more elements than its shape says");
  }
}

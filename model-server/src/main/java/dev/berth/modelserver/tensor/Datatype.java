package dev.berth.modelserver.tensor;

import java.math.BigInteger;
import java.util.Optional;

/** The protocol's element types. */
public enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  BF16(2),
  FP32(4),
  FP64(8),
  /** Strings, each raw one after its length. */
  BYTES(0);

  private final int sizeBytes;

  Datatype(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  /** The type of this name, which is written in capitals. */
  public static Optional<Datatype> of(String name) {
    for (Datatype datatype : values()) {
      if (datatype.name().equals(name)) {
        return Optional.of(datatype);
      }
    }
    return Optional.empty();
  }

  /** How many bytes a raw element takes; 0 where each has its own length. */
  public int sizeBytes() {
    return sizeBytes;
  }

  boolean isFloatingPoint() {
    return this == FP16 || this == BF16 || this == FP32 || this == FP64;
  }

  /** Whether a type of up to 32 bits has this whole number among its values. */
  boolean holds(long whole) {
    int bits = Byte.SIZE * sizeBytes;
    return switch (this) {
      case BOOL, UINT8, UINT16, UINT32 -> whole >>> bits == 0;
      default -> whole >> (bits - 1) == 0 || whole >> (bits - 1) == -1;
    };
  }

  /** Whether the type has this whole number among its values. */
  boolean holds(BigInteger whole) {
    return switch (this) {
      case BOOL -> whole.signum() >= 0 && whole.bitLength() <= 1;
      case UINT8, UINT16, UINT32, UINT64 ->
          whole.signum() >= 0 && whole.bitLength() <= Byte.SIZE * sizeBytes;
      case INT8, INT16, INT32, INT64 -> whole.bitLength() < Byte.SIZE * sizeBytes;
      case FP16, BF16, FP32, FP64, BYTES -> false;
    };
  }
}

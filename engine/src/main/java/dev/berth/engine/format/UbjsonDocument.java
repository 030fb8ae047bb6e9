package dev.berth.engine.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A document in UBJSON (draft 12) as XGBoost writes it: big-endian, strings and arrays with their
 * length in front, arrays of numbers of one type ({@code [$d#L...}). No length is believed before
 * the bytes that it promises are there.
 */
final class UbjsonDocument extends DocumentReader {
  /** An array that says neither its type nor its length, but ends with a bracket. */
  private static final long UNTIL_BRACKET = -1;

  private static final byte UNTYPED = 0;

  private final ByteBuffer bytes;
  private final Deque<ArrayState> arrays = new ArrayDeque<>();

  /** The type of the value here when its array has already said it, else {@link #UNTYPED}. */
  private byte givenType = UNTYPED;

  UbjsonDocument(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  @Override
  String position() {
    return "byte " + bytes.position();
  }

  @Override
  void startObject() throws ModelFormatException {
    byte type = takeType();
    if (type != '{') {
      throw unexpected("an object", type);
    }
    if (bytes.hasRemaining() && (peek() == '#' || peek() == '$')) {
      throw fault("objects with a length in front are not written by XGBoost");
    }
  }

  @Override
  String fieldOrEnd() throws ModelFormatException {
    if (peek() == '}') {
      bytes.get();
      return null;
    }
    return takeText();
  }

  @Override
  void startArray() throws ModelFormatException {
    byte type = takeType();
    if (type != '[') {
      throw unexpected("an array", type);
    }
    arrays.addFirst(takeArrayHeader());
  }

  @Override
  boolean elementOrEnd() throws ModelFormatException {
    ArrayState array = arrays.getFirst();
    if (array.left == UNTIL_BRACKET ? peek() == ']' : array.left == 0) {
      if (array.left == UNTIL_BRACKET) {
        bytes.get();
      }
      arrays.removeFirst();
      return false;
    }
    if (array.left != UNTIL_BRACKET) {
      array.left--;
    }
    givenType = array.type;
    return true;
  }

  @Override
  String readString() throws ModelFormatException {
    byte type = takeType();
    if (type != 'S') {
      throw unexpected("a string", type);
    }
    return takeText();
  }

  @Override
  long readInteger() throws ModelFormatException {
    byte type = takeType();
    return switch (type) {
      case 'T' -> 1;
      case 'F' -> 0;
      default -> takeInteger(type, "an integer");
    };
  }

  @Override
  float readFloat() throws ModelFormatException {
    byte type = takeType();
    return switch (type) {
      case 'd' -> need(4).getFloat();
      case 'D' -> (float) need(8).getDouble();
      default -> takeInteger(type, "a number");
    };
  }

  @Override
  void skip() throws ModelFormatException {
    byte type = givenType == UNTYPED ? peek() : givenType;
    switch (type) {
      case '{' -> {
        enterObject();
        while (nextField() != null) {
          skip();
        }
      }
      case '[' -> skipArray();
      case 'S' -> readString();
      case 'd', 'D' -> readFloat();
      case 'Z' -> takeType();
      default -> readInteger();
    }
  }

  @Override
  int[] integersAtOnce() {
    int[] words = new int[elementsOf('l')];
    bytes.asIntBuffer().get(words);
    pass(words.length, Integer.BYTES);
    if (words.length > 0) {
      return words;
    }
    int[] flags = new int[elementsOf('U')];
    int from = bytes.position();
    for (int i = 0; i < flags.length; i++) {
      flags[i] = bytes.get(from + i) & 0xff;
    }
    pass(flags.length, 1);
    return flags;
  }

  @Override
  float[] floatsAtOnce() {
    float[] values = new float[elementsOf('d')];
    bytes.asFloatBuffer().get(values);
    pass(values.length, Float.BYTES);
    return values;
  }

  /** Elements of the array just entered, all of which are there; 0 when it is of another type. */
  private int elementsOf(char type) {
    ArrayState array = arrays.getFirst();
    return array.type == type ? (int) array.left : 0;
  }

  private void pass(int elements, int size) {
    bytes.position(bytes.position() + elements * size);
    arrays.getFirst().left -= elements;
  }

  @Override
  void expectEnd() throws ModelFormatException {
    if (bytes.hasRemaining()) {
      throw fault(bytes.remaining() + " bytes follow the model");
    }
  }

  private void skipArray() throws ModelFormatException {
    enterArray();
    ArrayState array = arrays.getFirst();
    if (sizeOf(array.type) > 0) {
      pass((int) array.left, sizeOf(array.type));
    }
    while (nextElement()) {
      skip();
    }
  }

  private ArrayState takeArrayHeader() throws ModelFormatException {
    byte type = UNTYPED;
    if (peek() == '$') {
      bytes.get();
      type = take();
      if (sizeOf(type) == 0) {
        throw fault("an array of the type " + shown(type) + " is not written by XGBoost");
      }
      if (peek() != '#') {
        throw fault("an array of one type has no length");
      }
    }
    if (peek() != '#') {
      return new ArrayState(type, UNTIL_BRACKET);
    }
    bytes.get();
    long length = takeInteger(take(), "a length");
    // An element takes a byte at least, so this also bounds untyped arrays.
    long most = bytes.remaining() / Math.max(1, sizeOf(type));
    if (length < 0 || length > most) {
      throw fault("an array of " + length + " elements where the file has room for " + most);
    }
    return new ArrayState(type, length);
  }

  private String takeText() throws ModelFormatException {
    long length = takeInteger(take(), "a length");
    if (length < 0 || length > bytes.remaining()) {
      throw fault("a string of " + length + " bytes where the file has " + bytes.remaining());
    }
    String text = new String(bytes.array(), bytes.position(), (int) length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + (int) length);
    return text;
  }

  private long takeInteger(byte type, String what) throws ModelFormatException {
    return switch (type) {
      case 'i' -> need(1).get();
      case 'U' -> need(1).get() & 0xff;
      case 'I' -> need(2).getShort();
      case 'l' -> need(4).getInt();
      case 'L' -> need(8).getLong();
      default -> throw unexpected(what, type);
    };
  }

  private static int sizeOf(byte numberType) {
    return switch (numberType) {
      case 'i', 'U' -> 1;
      case 'I' -> 2;
      case 'l', 'd' -> 4;
      case 'L', 'D' -> 8;
      default -> 0;
    };
  }

  private byte takeType() throws ModelFormatException {
    byte type = givenType == UNTYPED ? take() : givenType;
    givenType = UNTYPED;
    return type;
  }

  private byte take() throws ModelFormatException {
    return need(1).get();
  }

  private byte peek() throws ModelFormatException {
    return bytes.get(need(1).position());
  }

  private ByteBuffer need(int size) throws ModelFormatException {
    if (bytes.remaining() < size) {
      throw fault("the file ends here");
    }
    return bytes;
  }

  private ModelFormatException unexpected(String what, byte type) {
    return fault(what + " is missing: found the marker " + shown(type));
  }

  private static String shown(byte marker) {
    return marker > 0x20 && marker < 0x7f ? "'" + (char) marker + "'" : String.valueOf(marker);
  }

  private static final class ArrayState {
    final byte type;
    long left;

    ArrayState(byte type, long left) {
      this.type = type;
      this.left = left;
    }
  }
}

package dev.berth.modelserver.tensor;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import dev.berth.modelserver.media.Column;
import dev.berth.modelserver.media.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A tensor's data as a JSON array, flat or nested as its shape is. null and NaN are missing in a
 * tensor of floats.
 */
final class JsonElements implements Elements {
  private final String input;
  private final Datatype datatype;
  private final List<Long> shape;
  private final byte[] text;
  private final JsonScanner json;
  private final boolean nested;

  /** By level, how many items of the array that is open there have been read. */
  private final long[] read;

  private boolean open;

  /** The tensor whose data is the JSON value in {@code text[from, to)}. */
  JsonElements(String input, Datatype datatype, List<Long> shape, byte[] text, int from, int to) {
    this.input = input;
    this.datatype = datatype;
    this.shape = shape;
    this.text = text;
    this.json = new JsonScanner(text, from, to);
    if (!json.take('[')) {
      throw InvalidTensorException.of(input, "\"data\" is not an array");
    }
    this.nested = shape.size() > 1 && json.peek() == '[';
    this.read = new long[nested ? shape.size() : 1];
  }

  @Override
  public float next(Column column) {
    advance();
    return value(column);
  }

  @Override
  public void end() {
    for (int level = read.length - 1; level >= 0; level--) {
      if (!open && level > 0) {
        continue;
      }
      if (!json.take(']')) {
        throw InvalidTensorException.of(input, "\"data\" has more elements than its shape");
      }
    }
    if (json.peek() != 0 || !json.atEnd()) {
      throw InvalidTensorException.of(input, "\"data\" is not one array");
    }
  }

  /** Goes to where the next element begins: over brackets and a comma. */
  private void advance() {
    int innermost = read.length - 1;
    if (!open) {
      for (int level = 0; level < innermost; level++) {
        require(json.take('['));
        read[level] = 1;
      }
      open = true;
    } else {
      int level = innermost;
      while (nested && level > 0 && read[level] == shape.get(level)) {
        require(json.take(']'));
        read[level] = 0;
        level--;
      }
      require(json.take(','));
      for (int opened = level; opened < innermost; opened++) {
        require(json.take('['));
      }
      for (int counted = level; counted < innermost; counted++) {
        read[counted]++;
      }
    }
    read[innermost]++;
  }

  private void require(boolean asShaped) {
    if (!asShaped) {
      throw InvalidTensorException.of(
          input, "\"data\" is not nested as its shape says, or has too few elements");
    }
  }

  private float value(Column column) {
    byte b = json.peek();
    if (b == '-' || (b >= '0' && b <= '9')) {
      json.number(0);
      return number(column);
    }
    if (b == '"') {
      json.string(0);
      if (datatype != Datatype.BYTES) {
        throw wrong(Column.quoted(json.tokenText()));
      }
      byte[] utf8 = json.tokenText().getBytes(StandardCharsets.UTF_8);
      return column.value(utf8, 0, utf8.length);
    }
    if (json.word("null") || json.word("NaN")) {
      if (datatype.isFloatingPoint() || datatype == Datatype.BYTES) {
        return Float.NaN;
      }
      throw wrong("null");
    }
    if (datatype == Datatype.BOOL && (json.word("true") || json.word("false"))) {
      return column.value(json.tokenTo() - json.tokenFrom() == 4 ? 1.0 : 0.0);
    }
    throw wrong(b == '[' ? "an array" : b == ']' ? "nothing" : "what is there");
  }

  private float number(Column column) {
    int from = json.tokenFrom();
    int to = json.tokenTo();
    if (datatype == Datatype.FP32 && !column.isCategorical()) {
      return column.value(text, from, to);
    }
    if (datatype == Datatype.BYTES) {
      throw wrong("a number");
    }
    if (datatype.isFloatingPoint()) {
      return column.value(JavaDoubleParser.parseDouble(text, from, to - from));
    }
    return Integers.value(column, datatype, text, from, to);
  }

  private Column.Unreadable wrong(String what) {
    return new Column.Unreadable(what + " is no " + datatype);
  }
}

package dev.berth.engine.format;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Pulls values out of a document of objects and arrays, and knows where it stands, so that every
 * fault names the field. Two encodings share it: JSON text and UBJSON.
 */
abstract class DocumentReader {
  /** XGBoost's documents are eight levels deep; far deeper ones only exist to exhaust a stack. */
  static final int MAX_DEPTH = 64;

  private final Deque<Level> levels = new ArrayDeque<>();

  /** Goes into an object; {@link #nextField} then goes through its fields. */
  final void enterObject() throws ModelFormatException {
    startObject();
    push(new Level(new HashSet<>()));
  }

  /** The next field's name with the reader at its value, or null when the object has ended. */
  final String nextField() throws ModelFormatException {
    Level level = levels.getFirst();
    String name = fieldOrEnd();
    if (name == null) {
      levels.removeFirst();
      return null;
    }
    level.field = name;
    if (!level.names.add(name)) {
      throw fault("the field is there twice");
    }
    return name;
  }

  /** Goes into an array; {@link #nextElement} then goes through its elements. */
  final void enterArray() throws ModelFormatException {
    startArray();
    push(new Level(null));
  }

  /** Whether there is one more element, with the reader at it; false when the array has ended. */
  final boolean nextElement() throws ModelFormatException {
    Level level = levels.getFirst();
    if (!elementOrEnd()) {
      levels.removeFirst();
      return false;
    }
    level.index++;
    return true;
  }

  /** An array of integers that fit into 32 bits; true and false count as 1 and 0. */
  final int[] readIntegers() throws ModelFormatException {
    enterArray();
    int[] values = integersAtOnce();
    int size = values.length;
    while (nextElement()) {
      if (size == values.length) {
        values = Arrays.copyOf(values, roomBeyond(size));
      }
      values[size++] = readInt();
    }
    return size == values.length ? values : Arrays.copyOf(values, size);
  }

  /** An array of numbers. */
  final float[] readFloats() throws ModelFormatException {
    enterArray();
    float[] values = floatsAtOnce();
    int size = values.length;
    while (nextElement()) {
      if (size == values.length) {
        values = Arrays.copyOf(values, roomBeyond(size));
      }
      values[size++] = readFloat();
    }
    return size == values.length ? values : Arrays.copyOf(values, size);
  }

  private static int roomBeyond(int size) {
    return Math.max(16, size * 2);
  }

  /** As many elements of the array just entered as can be read without a look at each. */
  int[] integersAtOnce() {
    return new int[0];
  }

  /** The same for an array of numbers. */
  float[] floatsAtOnce() {
    return new float[0];
  }

  /** An integer that fits into 32 bits. */
  final int readInt() throws ModelFormatException {
    long value = readInteger();
    if (value != (int) value) {
      throw fault(value + " is beyond a 32-bit integer");
    }
    return (int) value;
  }

  /** A fault at the current place. */
  final ModelFormatException fault(String what) {
    return new ModelFormatException(place() + ": " + what);
  }

  /** A fault at the current place, for a field that no release known here writes. */
  final ModelFormatException unknownField() {
    return fault("no release up to the 3.2 line writes this field, so its meaning is not guessed");
  }

  final ModelFormatException fault(String what, Throwable cause) {
    return new ModelFormatException(place() + ": " + what, cause);
  }

  /** The way from the document's root, such as {@code learner.trees[3]}, and the position. */
  private String place() {
    StringBuilder path = new StringBuilder();
    for (Iterator<Level> up = levels.descendingIterator(); up.hasNext(); ) {
      Level level = up.next();
      if (level.names == null && level.index >= 0) {
        path.append('[').append(level.index).append(']');
      } else if (level.field != null) {
        path.append(path.isEmpty() ? "" : ".").append(shown(level.field));
      }
    }
    return path.isEmpty() ? position() : path + " (" + position() + ")";
  }

  /** A name from the file, made fit for a message: bounded and without control characters. */
  static String shown(String text) {
    String start = text.length() <= 120 ? text : text.substring(0, 120) + "...";
    return start.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private void push(Level level) throws ModelFormatException {
    if (levels.size() >= MAX_DEPTH) {
      throw fault("nested deeper than " + MAX_DEPTH + " levels");
    }
    levels.addFirst(level);
  }

  /** Where the reader is, such as {@code byte 17}. */
  abstract String position();

  abstract void startObject() throws ModelFormatException;

  abstract String fieldOrEnd() throws ModelFormatException;

  abstract void startArray() throws ModelFormatException;

  abstract boolean elementOrEnd() throws ModelFormatException;

  /** A string. */
  abstract String readString() throws ModelFormatException;

  /** An integer; true and false count as 1 and 0, as releases before 1.6 write flags. */
  abstract long readInteger() throws ModelFormatException;

  /** A number, rounded to the nearest float. */
  abstract float readFloat() throws ModelFormatException;

  /** Passes over the value here, whatever it is. */
  abstract void skip() throws ModelFormatException;

  /** Checks that nothing follows the document. */
  abstract void expectEnd() throws ModelFormatException;

  private static final class Level {
    /** The names seen so far in an object; null in an array. */
    final Set<String> names;

    String field;
    int index = -1;

    Level(Set<String> names) {
      this.names = names;
    }
  }
}

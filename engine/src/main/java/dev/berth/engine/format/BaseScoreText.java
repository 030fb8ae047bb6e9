package dev.berth.engine.format;

import java.util.regex.Pattern;

/**
 * The base score's text: {@code 5E-1} up to 3.0, {@code [5E-1]} or one value an output, {@code
 * [1.2E0,-3E-1]}, since 3.1.
 */
final class BaseScoreText {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,50}(\\.[0-9]{0,50})?([eE][+-]?[0-9]{1,4})?");

  private BaseScoreText() {}

  static float[] parse(DocumentReader document) throws ModelFormatException {
    String text = document.readString();
    boolean isArray = text.startsWith("[") && text.endsWith("]") && text.length() > 2;
    String[] parts =
        isArray ? text.substring(1, text.length() - 1).split(",", -1) : new String[] {text};
    float[] values = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      if (!NUMBER.matcher(part).matches()) {
        throw document.fault(
            "'" + DocumentReader.shown(text) + "' is neither a number nor a list of numbers");
      }
      values[i] = Float.parseFloat(part);
    }
    return values;
  }
}

package dev.berth.modelserver.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One feature as clients see it: its name and what its text means. A numeric column takes decimal
 * numbers; a categorical one takes the names in its list, whose position is the number that the
 * model was trained with.
 */
public final class Column {
  private final String name;
  private final byte[] utf8;
  private final boolean required;
  private final Optional<Map<String, Float>> codes;
  private final List<String> categories;

  private Column(String name, boolean required, List<String> categories) {
    this.name = name;
    this.utf8 = name.getBytes(StandardCharsets.UTF_8);
    this.required = required;
    this.categories = List.copyOf(categories);
    if (categories.isEmpty()) {
      this.codes = Optional.empty();
    } else {
      Map<String, Float> byName = new HashMap<>();
      for (String category : categories) {
        byName.put(category, (float) byName.size());
      }
      this.codes = Optional.of(Map.copyOf(byName));
    }
  }

  public static Column numeric(String name, boolean required) {
    return new Column(name, required, List.of());
  }

  /**
   * A column of names.
   *
   * @param categories distinct, in the order of their codes
   * @param required false: an unknown category is a missing value; true: it is an error
   */
  public static Column categorical(String name, List<String> categories, boolean required) {
    return new Column(name, required, categories);
  }

  public String name() {
    return name;
  }

  /** Whether a request that names its values must name this one (null is a value: missing). */
  public boolean required() {
    return required;
  }

  /** Whether values are names out of a list. */
  public boolean isCategorical() {
    return codes.isPresent();
  }

  boolean named(byte[] text, int from, int to) {
    return java.util.Arrays.equals(text, from, to, utf8, 0, utf8.length);
  }

  /** The value of a number's or category's text; no text is missing. Throws {@link Unreadable}. */
  public float value(byte[] text, int from, int to) {
    if (from == to) {
      return Float.NaN;
    }
    if (codes.isPresent()) {
      return code(new String(text, from, to - from, StandardCharsets.UTF_8));
    }
    float value = FloatReader.read(text, from, to);
    if (Float.isNaN(value) && !isNan(text, from, to)) {
      throw new Unreadable(
          quoted(new String(text, from, to - from, StandardCharsets.UTF_8)) + " is not a number");
    }
    if (Float.isInfinite(value)) {
      throw new Unreadable(
          quoted(new String(text, from, to - from, StandardCharsets.UTF_8))
              + " is beyond the largest float, 3.4028235e38");
    }
    return value;
  }

  /** The value of text that cannot be a number: a category's. Throws {@link Unreadable}. */
  public float value(String text) {
    if (codes.isEmpty()) {
      throw new Unreadable(quoted(text) + " is not a number");
    }
    return code(text);
  }

  /**
   * The value of a number that came as a number, not as text: of a categorical column it is the
   * position in its list. NaN is missing. Throws {@link Unreadable}.
   */
  public float value(double number) {
    float value = (float) number;
    if (Float.isInfinite(value)) {
      throw new Unreadable(number + " is beyond the largest float, 3.4028235e38");
    }
    if (codes.isEmpty() || Float.isNaN(value)) {
      return value;
    }
    if (value >= 0 && value < categories.size() && value == (int) value) {
      return value;
    }
    if (!required) {
      return Float.NaN;
    }
    throw new Unreadable(
        number + " is not the position of one of its " + categories.size() + " categories, from 0");
  }

  private float code(String category) {
    Float code = codes.orElseThrow().get(category);
    if (code != null) {
      return code;
    }
    if (!required) {
      return Float.NaN;
    }
    throw new Unreadable(quoted(category) + " is not one of the categories " + listed(categories));
  }

  static boolean isNan(byte[] text, int from, int to) {
    return to - from == 3
        && (text[from] | 0x20) == 'n'
        && (text[from + 1] | 0x20) == 'a'
        && (text[from + 2] | 0x20) == 'n';
  }

  /** Text from a client as a message may show it: in quotes, short, on one line. */
  public static String quoted(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    StringBuilder safe = new StringBuilder("\"");
    shown.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return safe.append('"').toString();
  }

  private static String listed(List<String> categories) {
    List<String> shown = new ArrayList<>(categories.subList(0, Math.min(10, categories.size())));
    if (categories.size() > shown.size()) {
      shown.add("... (" + categories.size() + ")");
    }
    return String.join(", ", shown);
  }

  /** A text that this column cannot take; whoever knows the row says where. */
  public static final class Unreadable extends RuntimeException {
    /**
     * A complaint.
     *
     * @param message what is wrong with the value, which it shows
     */
    public Unreadable(String message) {
      super(message, null, false, false);
    }
  }
}

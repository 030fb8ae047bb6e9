package dev.berth.modelserver.media;

/**
 * One row of a JSON text after the other: an array in the model's order, or an object by feature
 * name.
 */
final class JsonRowReader {
  private final Columns columns;
  private final JsonScanner json;
  private final RowBlock rows;
  private long row;

  /** By column, the last row that named it; empty until a row comes by name. */
  private long[] namedIn = {};

  JsonRowReader(Columns columns, JsonScanner json, RowBlock rows) {
    this.columns = columns;
    this.json = json;
    this.rows = rows;
  }

  /** The rows begun so far. */
  long count() {
    return row;
  }

  /** One row; {@code single}: a bare value will do, the model having one feature. */
  void row(boolean single) {
    switch (json.peek()) {
      case '[' -> {
        json.expect('[', row + 1);
        values();
      }
      case '{' -> objectRow();
      default -> {
        if (!single) {
          throw InvalidRowsException.of(row + 1, "an array or an object is expected");
        }
        row++;
        rows.values()[rows.next()] = value(0);
      }
    }
  }

  /** The values of one row, after its opening bracket. */
  void values() {
    row++;
    int width = columns.count();
    int offset = rows.next();
    float[] values = rows.values();
    int count = 0;
    if (!json.take(']')) {
      do {
        if (count < width) {
          values[offset + count] = value(count);
        } else {
          json.skip(row, 0);
        }
        count++;
      } while (json.take(','));
      json.expect(']', row);
    }
    if (count != width) {
      throw InvalidRowsException.of(
          row,
          count
              + (count == 1 ? " value" : " values")
              + " where the model has "
              + width
              + (width == 1 ? " feature" : " features"));
    }
  }

  private void objectRow() {
    json.expect('{', row + 1);
    if (json.take('}')) {
      unnamed();
      return;
    }
    String key = key();
    if (key.equals("features") && columns.indexOf(key) < 0 && json.peek() == '[') {
      json.expect('[', row + 1);
      values();
      json.expect('}', row);
      return;
    }
    named(key);
  }

  /** The rest of a row by name, after its first name and colon. */
  void named(String firstKey) {
    beginNamed();
    int offset = rows.nextMissing();
    float[] values = rows.values();
    int named = 0;
    int column = columns.indexOf(firstKey);
    if (column < 0) {
      throw noFeature(row, firstKey);
    }
    while (true) {
      if (namedIn[column] == row) {
        throw new InvalidRowsException(row, 0, columns.get(column).name(), "is given twice");
      }
      namedIn[column] = row;
      named++;
      values[offset + column] = value(column);
      if (!json.take(',')) {
        break;
      }
      column = column(column + 1);
    }
    json.expect('}', row);
    if (named < columns.count()) {
      requireAll();
    }
  }

  /** Reads a name and its colon; the column of that name. */
  private int column(int guess) {
    if (json.peek() != '"') {
      throw json.broken(row, "a name in quotes is expected");
    }
    json.string(row);
    int column =
        json.decoded == null
            ? columns.indexOf(json.text, json.tokenFrom, json.tokenTo, guess)
            : columns.indexOf(json.decoded);
    if (column < 0) {
      throw noFeature(row, json.tokenText());
    }
    json.expect(':', row);
    return column;
  }

  String key() {
    if (json.peek() != '"') {
      throw json.broken(row, "a name in quotes is expected");
    }
    json.string(row);
    String key = json.tokenText();
    json.expect(':', row);
    return key;
  }

  /** A row by name that names nothing. */
  void unnamed() {
    beginNamed();
    rows.nextMissing();
    requireAll();
  }

  private void beginNamed() {
    row++;
    if (namedIn.length == 0) {
      namedIn = new long[columns.count()];
    }
  }

  private void requireAll() {
    for (int column = 0; column < columns.count(); column++) {
      if (namedIn[column] != row && columns.get(column).required()) {
        throw new InvalidRowsException(
            row,
            0,
            columns.get(column).name(),
            "is not given; give null where its value is missing");
      }
    }
  }

  private float value(int column) {
    try {
      return scalar(column);
    } catch (Column.Unreadable e) {
      throw new InvalidRowsException(row, 0, columns.get(column).name(), e.getMessage());
    }
  }

  private float scalar(int column) {
    byte b = json.peek();
    if (b == '-' || (b >= '0' && b <= '9')) {
      json.number(row);
      if (!Float.isNaN(json.plainNumber) && !columns.get(column).isCategorical()) {
        return json.plainNumber;
      }
      return columns.value(column, json.text, json.tokenFrom, json.tokenTo);
    }
    if (b == '"') {
      json.string(row);
      boolean plain = json.decoded == null;
      boolean missing = plain && Column.isNan(json.text, json.tokenFrom, json.tokenTo);
      return !columns.get(column).isCategorical() && missing
          ? Float.NaN
          : columns.get(column).value(json.tokenText());
    }
    if (json.word("null") || json.word("NaN")) {
      return Float.NaN;
    }
    if (json.word("true") || json.word("false")) {
      if (!columns.get(column).isCategorical()) {
        throw new Column.Unreadable(json.tokenText() + " is not a number");
      }
      return columns.get(column).value(json.tokenText());
    }
    if (b == '[' || b == '{') {
      throw new Column.Unreadable(
          (b == '[' ? "an array" : "an object") + " where one value is expected");
    }
    throw json.broken(row, "a value is expected");
  }

  static InvalidRowsException noFeature(long row, String name) {
    return InvalidRowsException.of(row, "the model has no feature named " + Column.quoted(name));
  }
}

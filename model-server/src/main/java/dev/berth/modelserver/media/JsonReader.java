package dev.berth.modelserver.media;

/**
 * JSON to rows. A row is an array of values in the model's order or an object by feature name. A
 * body is one row, an array of rows, {@code {"instances": [rows]}} or {@code {"features": row or
 * rows}}; a row inside may itself be {@code {"features": [...]}}. JSON Lines hold one row a line.
 * null, NaN and "NaN" are missing.
 */
public final class JsonReader {
  private final JsonScanner json;
  private final Columns columns;
  private final JsonRowReader rows;

  private JsonReader(Columns columns, JsonScanner json, RowBlock rows) {
    this.columns = columns;
    this.json = json;
    this.rows = new JsonRowReader(columns, json, rows);
  }

  /** Reads one JSON text. Throws {@link InvalidRowsException}. */
  public static void read(Columns columns, byte[] text, int from, int to, RowBlock rows) {
    JsonReader reader = new JsonReader(columns, new JsonScanner(text, from, to), rows);
    switch (reader.json.peek()) {
      case '[' -> reader.rowOrRows();
      case '{' -> reader.envelope();
      default -> throw reader.json.broken(0, "an array or an object is expected");
    }
    reader.end();
  }

  /** Reads {@code {"instances": [rows]}} only, as KServe's V1 protocol has it. */
  public static void readInstances(Columns columns, byte[] text, int from, int to, RowBlock rows) {
    JsonReader reader = new JsonReader(columns, new JsonScanner(text, from, to), rows);
    if (reader.json.peek() != '{') {
      throw reader.json.broken(0, "an object with \"instances\" is expected");
    }
    reader.envelope(true);
    reader.end();
  }

  /** Reads one row a line; empty lines are nothing. */
  public static void readLines(Columns columns, byte[] text, int from, int to, RowBlock rows) {
    JsonReader reader = new JsonReader(columns, new JsonScanner(text, from, to), rows);
    while (reader.json.peek() != 0) {
      reader.rows.row(false);
      byte next = reader.json.peekInLine();
      if (next != '\n' && !reader.json.atEnd()) {
        throw reader.json.broken(
            reader.rows.count(), "the end of the line is expected after a row");
      }
    }
    reader.end();
  }

  private void end() {
    json.peek();
    if (!json.atEnd()) {
      throw json.broken(0, "there is more after the end");
    }
  }

  /** An array: of values, which are one row, or of rows. */
  private void rowOrRows() {
    json.expect('[', 0);
    byte first = json.peek();
    if (first == '[' || first == '{') {
      do {
        rows.row(false);
      } while (json.take(','));
      json.expect(']', 0);
    } else if (first == ']' && columns.count() != 0) {
      throw InvalidRowsException.of("an empty array holds no row");
    } else {
      rows.values();
    }
  }

  private void envelope() {
    envelope(false);
  }

  /**
   * An object: {@code instances}, {@code features} or one row by name. What else surrounds
   * instances is passed over.
   */
  private void envelope(boolean instancesOnly) {
    json.expect('{', 0);
    String stranger = null;
    boolean found = false;
    if (!json.take('}')) {
      do {
        String key = rows.key();
        boolean feature = !instancesOnly && columns.indexOf(key) >= 0;
        if (feature && !found && stranger == null) {
          rows.named(key);
          return;
        }
        if (!found && key.equals("instances")) {
          found = true;
          instances();
        } else if (!found && !instancesOnly && key.equals("features")) {
          found = true;
          features();
        } else {
          stranger = stranger == null && !found ? key : stranger;
          json.skip(0, 0);
        }
      } while (json.take(','));
      json.expect('}', 0);
    }
    if (!found && instancesOnly) {
      throw InvalidRowsException.of("the object has no \"instances\"");
    }
    if (!found && stranger != null) {
      throw JsonRowReader.noFeature(1, stranger);
    }
    if (!found) {
      rows.unnamed();
    }
  }

  private void instances() {
    if (json.peek() != '[') {
      throw InvalidRowsException.of("\"instances\" is not an array");
    }
    json.expect('[', 0);
    if (json.take(']')) {
      throw InvalidRowsException.of("\"instances\" is empty");
    }
    do {
      rows.row(columns.count() == 1);
    } while (json.take(','));
    json.expect(']', 0);
  }

  private void features() {
    switch (json.peek()) {
      case '[' -> rowOrRows();
      case '{' -> rows.row(false);
      default -> throw InvalidRowsException.of("\"features\" is neither an array nor an object");
    }
  }
}

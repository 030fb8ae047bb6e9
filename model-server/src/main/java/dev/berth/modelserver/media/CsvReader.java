package dev.berth.modelserver.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 4180 to rows: quoted fields, CRLF or LF, blanks around a field ignored, an empty field
 * missing. A first record that holds no number and names a feature is a header: columns may then
 * come in any order. Without one they come in the model's. Blank lines are nothing, except to a
 * model of one feature, for which they are a missing value.
 *
 * <p>One reader reads one stream, in as many pieces as it comes, each ending where a record ends.
 */
public final class CsvReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Columns columns;

  /** Column of the model by position in the record; null: the same. */
  private int[] order;

  private boolean begun;
  private long row;
  private long line = 1;

  /** The field just read: its bytes, or its text when it held escaped quotes. */
  private int fieldFrom;

  private int fieldTo;
  private String unescaped;

  public CsvReader(Columns columns) {
    this.columns = columns;
  }

  /**
   * Reads whole records. Throws {@link InvalidRowsException}; the block then holds the rows before
   * the one that cannot be read.
   */
  public void read(byte[] text, int from, int to, RowBlock rows) {
    int at = from;
    if (!begun && from < to) {
      begun = true;
      at = afterByteOrderMark(text, from, to);
      at = header(text, at, to);
    }
    while (at < to) {
      if (isEndOfLine(text[at]) && columns.count() > 1) {
        at = nextLine(text, at, to);
      } else {
        at = row(text, at, to, rows);
      }
    }
  }

  private int row(byte[] text, int from, int to, RowBlock rows) {
    row++;
    int offset = columns.count() == expected() ? rows.next() : rows.nextMissing();
    try {
      return record(text, from, to, rows.values(), offset);
    } catch (InvalidRowsException e) {
      rows.takeBack();
      throw e;
    }
  }

  private int expected() {
    return order == null ? columns.count() : order.length;
  }

  private int record(byte[] text, int from, int to, float[] values, int offset) {
    int expected = expected();
    int at = from;
    int position = 0;
    while (true) {
      at = field(text, at, to);
      if (position < expected) {
        int column = order == null ? position : order[position];
        values[offset + column] = value(text, column);
      }
      position++;
      if (at == to || text[at] != ',') {
        break;
      }
      at++;
    }
    if (position != expected) {
      throw new InvalidRowsException(
          row,
          line,
          null,
          counted(position, "value")
              + (order == null
                  ? " where the model has " + counted(expected, "feature")
                  : " where the header has " + counted(expected, "name")));
    }
    return at == to ? to : nextLine(text, at, to);
  }

  private float value(byte[] text, int column) {
    try {
      return unescaped == null
          ? columns.value(column, text, fieldFrom, fieldTo)
          : columns.get(column).value(unescaped);
    } catch (Column.Unreadable e) {
      throw new InvalidRowsException(row, line, columns.get(column).name(), e.getMessage());
    }
  }

  /** Reads one field; returns where its delimiter, line end or the end of the text is. */
  private int field(byte[] text, int from, int to) {
    unescaped = null;
    int at = afterBlanks(text, from, to);
    if (at < to && text[at] == '"') {
      return quoted(text, at + 1, to);
    }
    fieldFrom = at;
    while (at < to && text[at] != ',' && !isEndOfLine(text[at])) {
      if (text[at] == '"') {
        throw broken("a quote inside a field that does not begin with one");
      }
      at++;
    }
    fieldTo = at;
    while (fieldTo > fieldFrom && isBlank(text[fieldTo - 1])) {
      fieldTo--;
    }
    return at;
  }

  private int quoted(byte[] text, int from, int to) {
    fieldFrom = from;
    boolean escaped = false;
    int at = from;
    while (true) {
      if (at == to) {
        throw broken("a quoted field does not end");
      }
      if (text[at] == '\n') {
        line++;
      } else if (text[at] == '"') {
        if (at + 1 == to || text[at + 1] != '"') {
          break;
        }
        escaped = true;
        at++;
      }
      at++;
    }
    fieldTo = at;
    if (escaped) {
      unescaped = string(text).replace("\"\"", "\"");
    }
    at = afterBlanks(text, at + 1, to);
    if (at < to && text[at] != ',' && !isEndOfLine(text[at])) {
      throw broken("text after the quote that ends a field");
    }
    return at;
  }

  /** Reads the first record as a header if it is one; returns where the rows begin. */
  private int header(byte[] text, int from, int to) {
    int first = afterBlanks(text, from, to);
    if (first == to || isEndOfLine(text[first]) || isNumeral(text[first])) {
      return from;
    }
    List<String> names = new ArrayList<>();
    int at = from;
    while (true) {
      at = field(text, at, to);
      names.add(unescaped == null ? string(text) : unescaped);
      if (at == to || text[at] != ',') {
        break;
      }
      at++;
    }
    boolean numbers =
        names.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).anyMatch(CsvReader::isNumber);
    if (numbers || names.stream().noneMatch(name -> columns.indexOf(name) >= 0)) {
      line = 1;
      return from;
    }
    order = order(names);
    return at == to ? to : nextLine(text, at, to);
  }

  private int[] order(List<String> names) {
    int[] positions = new int[names.size()];
    boolean[] seen = new boolean[columns.count()];
    for (int i = 0; i < positions.length; i++) {
      int column = columns.indexOf(names.get(i));
      if (column < 0) {
        throw broken(
            "the header names "
                + Column.quoted(names.get(i))
                + ", which is no feature of the model");
      }
      if (seen[column]) {
        throw broken("the header names '" + names.get(i) + "' twice");
      }
      seen[column] = true;
      positions[i] = column;
    }
    for (int column = 0; column < seen.length; column++) {
      if (!seen[column] && columns.get(column).required()) {
        throw broken("the header does not name the feature '" + columns.get(column).name() + "'");
      }
    }
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] != i || positions.length != columns.count()) {
        return positions;
      }
    }
    return null;
  }

  private InvalidRowsException broken(String problem) {
    return new InvalidRowsException(row, line, null, problem);
  }

  private String string(byte[] text) {
    return new String(text, fieldFrom, fieldTo - fieldFrom, StandardCharsets.UTF_8);
  }

  private int nextLine(byte[] text, int at, int to) {
    line++;
    boolean both = text[at] == '\r' && at + 1 < to && text[at + 1] == '\n';
    return both ? at + 2 : at + 1;
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static boolean isNumber(byte[] text) {
    return text.length > 0 && !Float.isNaN(FloatReader.read(text, 0, text.length));
  }

  private static boolean isNumeral(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.';
  }

  private static int afterByteOrderMark(byte[] text, int from, int to) {
    boolean marked =
        to - from >= 3 && java.util.Arrays.equals(text, from, from + 3, BYTE_ORDER_MARK, 0, 3);
    return marked ? from + 3 : from;
  }

  private static int afterBlanks(byte[] text, int from, int to) {
    int at = from;
    while (at < to && isBlank(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isEndOfLine(byte b) {
    return b == '\n' || b == '\r';
  }
}

package dev.berth.modelserver.media;

/**
 * libsvm text to rows: {@code [label] index:value index:value ...}, a row a line. Features count
 * from 0, as the XGBoost library reads them; what is not named is missing. The label, {@code qid:}
 * and what follows a {@code #} are passed over; empty lines are nothing.
 */
public final class LibsvmReader {
  private final Columns columns;
  private final byte[] text;
  private final int to;
  private long row;
  private long line = 1;

  private final NamedFeatures named;

  private LibsvmReader(Columns columns, byte[] text, int to) {
    this.columns = columns;
    this.text = text;
    this.to = to;
    this.named = new NamedFeatures(columns.count());
  }

  /** Throws {@link InvalidRowsException}. */
  public static void read(Columns columns, byte[] text, int from, int to, RowBlock rows) {
    LibsvmReader reader = new LibsvmReader(columns, text, to);
    int at = from;
    while (at < to) {
      at = reader.line(at, rows);
      reader.line++;
    }
  }

  private int line(int from, RowBlock rows) {
    boolean begun = false;
    int at = from;
    while (true) {
      while (at < to && isBlank(text[at])) {
        at++;
      }
      if (at < to && text[at] == '#') {
        while (at < to && text[at] != '\n') {
          at++;
        }
      }
      if (at == to || text[at] == '\n') {
        if (begun) {
          rows.endRow();
        }
        return Math.min(to, at + 1);
      }
      int end = at;
      while (end < to && !isBlank(text[end]) && text[end] != '\n') {
        end++;
      }
      boolean first = !begun;
      if (first) {
        row++;
        rows.beginRow();
        named.nextRow();
        begun = true;
      }
      token(at, end, first, rows);
      at = end;
    }
  }

  private void token(int from, int end, boolean first, RowBlock rows) {
    int colon = from;
    while (colon < end && text[colon] != ':') {
      colon++;
    }
    if (colon == end) {
      if (!first || Float.isNaN(FloatReader.read(text, from, end))) {
        throw broken(shown(from, end) + " is not index:value");
      }
      return;
    }
    if (colon - from == 3 && text[from] == 'q' && text[from + 1] == 'i' && text[from + 2] == 'd') {
      return;
    }
    int index = index(from, colon);
    if (!named.add(index)) {
      throw new InvalidRowsException(
          row, line, columns.get(index).name(), "feature " + index + " is given twice");
    }
    try {
      rows.put(index, columns.value(index, text, colon + 1, end));
    } catch (Column.Unreadable e) {
      throw new InvalidRowsException(row, line, columns.get(index).name(), e.getMessage());
    }
  }

  private int index(int from, int colon) {
    long index = from == colon ? -1 : 0;
    for (int at = from; at < colon && index >= 0; at++) {
      int digit = text[at] - '0';
      index = digit < 0 || digit > 9 ? -1 : Math.min(Integer.MAX_VALUE, index * 10 + digit);
    }
    if (index < 0) {
      throw broken(shown(from, colon) + " is not the index of a feature");
    }
    if (index >= columns.count()) {
      throw broken(
          "feature " + index + ", where the model has " + columns.count() + ", counted from 0");
    }
    return (int) index;
  }

  private InvalidRowsException broken(String problem) {
    return new InvalidRowsException(row, line, null, problem);
  }

  private String shown(int from, int end) {
    return Column.quoted(
        new String(text, from, end - from, java.nio.charset.StandardCharsets.UTF_8));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}

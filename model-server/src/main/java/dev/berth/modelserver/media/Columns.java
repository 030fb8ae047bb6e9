package dev.berth.modelserver.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The features of a model in the order of its columns, found by name. */
public final class Columns {
  private final Column[] columns;
  private final Map<String, Integer> byName = new HashMap<>();

  /**
   * The columns of a model.
   *
   * @param columns names are distinct
   */
  public Columns(List<Column> columns) {
    this.columns = columns.toArray(Column[]::new);
    for (Column column : columns) {
      byName.put(column.name(), byName.size());
    }
  }

  /** Numeric columns of these names. */
  public static Columns named(List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(Column.numeric(name, true));
    }
    return new Columns(columns);
  }

  public int count() {
    return columns.length;
  }

  public Column get(int index) {
    return columns[index];
  }

  /** The index of the column of this name, -1 for none. */
  public int indexOf(String name) {
    return byName.getOrDefault(name, -1);
  }

  /** The index of the column whose name stands in the text; {@code guess} is looked at first. */
  int indexOf(byte[] text, int from, int to, int guess) {
    if (guess < columns.length && columns[guess].named(text, from, to)) {
      return guess;
    }
    return indexOf(new String(text, from, to - from, StandardCharsets.UTF_8));
  }

  float value(int index, byte[] text, int from, int to) {
    return columns[index].value(text, from, to);
  }
}

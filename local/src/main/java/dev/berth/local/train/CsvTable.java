package dev.berth.local.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file (RFC 4180, first line names the columns) as numbers.
 *
 * @param columns names of the columns
 * @param rows {@code float[rows][columns]}, NaN = missing
 */
record CsvTable(List<String> columns, List<float[]> rows) {

  private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan");

  /**
   * Reads a file.
   *
   * @param missing a number that stands for "missing" in the file; NaN when there is none
   * @throws TrainingException when the file is absent or malformed: names the line and the column
   */
  static CsvTable read(Path file, float missing) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      Records records = new Records(in, file);
      List<String> columns = records.next();
      if (columns == null) {
        throw new TrainingException(file + " is empty: its first line must name the columns");
      }
      Set<String> seen = new HashSet<>();
      for (String column : columns) {
        if (!seen.add(column)) {
          throw new TrainingException(file + " line 1: column '" + column + "' is there twice");
        }
      }
      List<float[]> rows = new ArrayList<>();
      for (List<String> cells = records.next(); cells != null; cells = records.next()) {
        rows.add(numbers(columns, cells, missing, file + " line " + records.line));
      }
      if (rows.isEmpty()) {
        throw new TrainingException(file + " has no rows under its header");
      }
      return new CsvTable(columns, rows);
    } catch (NoSuchFileException _) {
      throw new TrainingException("there is no file " + file);
    }
  }

  private static float[] numbers(
      List<String> columns, List<String> cells, float missing, String where) {
    if (cells.size() != columns.size()) {
      throw new TrainingException(
          where + ": " + cells.size() + " values, but the header names " + columns.size());
    }
    float[] row = new float[cells.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = number(cells.get(i).strip(), missing, where + ", column '" + columns.get(i) + "'");
    }
    return row;
  }

  private static float number(String text, float missing, String where) {
    if (MISSING.contains(text)) {
      return Float.NaN;
    }
    float value;
    try {
      value = Float.parseFloat(text);
    } catch (NumberFormatException _) {
      throw new TrainingException(where + ": \"" + text + "\" is not a number");
    }
    if (Float.isInfinite(value)) {
      throw new TrainingException(where + ": \"" + text + "\" is too large for a 32-bit float");
    }
    return value == missing ? Float.NaN : value;
  }

  /** Records of an RFC 4180 text: a quoted cell may hold commas, line ends and doubled quotes. */
  private static final class Records {
    private final BufferedReader in;
    private final Path file;
    private int line;

    Records(BufferedReader in, Path file) {
      this.in = in;
      this.file = file;
    }

    /** The next record that is not an empty line, or null at the end. */
    List<String> next() throws IOException {
      String text = readLine();
      while (text != null && text.isBlank()) {
        text = readLine();
      }
      if (text == null) {
        return null;
      }
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      for (int i = 0; ; i++) {
        if (i == text.length()) {
          if (!quoted) {
            cells.add(cell.toString());
            return cells;
          }
          cell.append('\n');
          text = readLine();
          i = -1;
          if (text == null) {
            throw new TrainingException(file + " line " + line + ": a quote is not closed");
          }
          continue;
        }
        char c = text.charAt(i);
        if (c == '"') {
          boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
          if (doubled) {
            cell.append('"');
            i++;
          } else {
            quoted = !quoted;
          }
        } else if (c == ',' && !quoted) {
          cells.add(cell.toString());
          cell.setLength(0);
        } else {
          cell.append(c);
        }
      }
    }

    private String readLine() throws IOException {
      String text = in.readLine();
      if (text == null) {
        return null;
      }
      line++;
      // Spreadsheets put a byte order mark before the first column's name.
      return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
  }
}

package dev.berth.modelserver.media;

import java.util.Optional;

/**
 * The rows of a request cannot be read. Says where: the row and the line count from 1, the header
 * of a CSV is a line but not a row; 0 where there is none to name.
 */
public final class InvalidRowsException extends RuntimeException {
  private final long row;
  private final long line;
  private final Optional<String> column;
  private final String problem;

  /**
   * A complaint about one place.
   *
   * @param row 0 for none
   * @param line 0 for none
   * @param column null for none
   */
  public InvalidRowsException(long row, long line, String column, String problem) {
    super(sentence("row", row, column, problem), null, false, false);
    this.row = row;
    this.line = line;
    this.column = Optional.ofNullable(column);
    this.problem = problem;
  }

  /** A complaint about the body as a whole. */
  public static InvalidRowsException of(String problem) {
    return new InvalidRowsException(0, 0, null, problem);
  }

  static InvalidRowsException of(long row, String problem) {
    return new InvalidRowsException(row, 0, null, problem);
  }

  /** A body that holds no row. */
  public static InvalidRowsException noRow() {
    return of("the body holds no row");
  }

  public long row() {
    return row;
  }

  public long line() {
    return line;
  }

  public Optional<String> column() {
    return column;
  }

  /** What is wrong there, without the place. */
  public String problem() {
    return problem;
  }

  /** The message with the line of the text instead of the row. */
  public String byLine() {
    return sentence("line", line, column.orElse(null), problem);
  }

  private static String sentence(String unit, long position, String column, String problem) {
    StringBuilder text = new StringBuilder();
    if (position > 0) {
      text.append(unit).append(' ').append(position);
    }
    if (column != null) {
      text.append(text.isEmpty() ? "column '" : ", column '").append(column).append('\'');
    }
    return text.isEmpty() ? problem : text.append(": ").append(problem).toString();
  }
}

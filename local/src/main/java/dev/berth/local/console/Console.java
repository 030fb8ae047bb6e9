package dev.berth.local.console;

import dev.berth.api.Endpoint;
import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The terminal, or a log where there is none. Used by the shell's own thread only. */
public final class Console {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int UNKNOWN_WIDTH = 160;

  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, String> lastRows = new HashMap<>();
  private List<String> table = List.of();

  /**
   * @param terminal whether lines can be taken back
   */
  public Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Standard output. */
  public static Console standard() {
    // Null in some of JDK 22 and newer where there is no terminal, whatever its documentation says.
    boolean terminal =
        Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
    return new Console(System.out, terminal);
  }

  /** A line with the time before it. */
  public void event(String text) {
    say(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + "  " + text);
  }

  /** A line as it is. */
  public void say(String text) {
    List<String> standing = table;
    erase();
    out.println(text);
    draw(standing);
    out.flush();
  }

  /**
   * Shows Endpoints: in place on a terminal, else a line for each that changed.
   *
   * @param live whether in place; otherwise lines on a terminal too
   */
  public void show(List<Endpoint> endpoints, boolean live) {
    List<String> lines = EndpointTable.lines(endpoints);
    if (terminal && live) {
      if (!lines.equals(table)) {
        erase();
        draw(lines);
        out.flush();
      }
      return;
    }
    for (Endpoint endpoint : endpoints) {
      String row = EndpointTable.lines(List.of(endpoint)).getLast().replaceAll(" {3,}", "  ");
      String key = endpoint.getMetadata().getNamespace() + "/" + endpoint.getMetadata().getName();
      if (!row.equals(lastRows.put(key, row)) && endpoint.getStatus() != null) {
        event(row);
      }
    }
  }

  /** Leaves the table where it stands: what follows are lines. */
  public void endTable() {
    table = List.of();
  }

  private void erase() {
    if (!table.isEmpty()) {
      // Up to the table's first line, and clear to the end of the screen.
      out.print("\033[" + table.size() + "A\033[J");
      table = List.of();
    }
  }

  private void draw(List<String> lines) {
    // A wrapped line would be two, and the next erase would miss one.
    lines.forEach(line -> out.println(line.substring(0, Math.min(line.length(), width()))));
    table = lines;
  }

  private static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(columns)
        : UNKNOWN_WIDTH;
  }
}

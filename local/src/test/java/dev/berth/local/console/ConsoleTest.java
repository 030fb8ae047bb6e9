package dev.berth.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in place on a terminal, lines elsewhere. */
class ConsoleTest {
  /** Up two lines, to the table's first one, and clear to the end of the screen. */
  private static final String TAKE_BACK_TWO = "\033[2A\033[J";

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final List<Endpoint> starting = List.of(Endpoints.updating("housing", "servers"));
  private final List<Endpoint> serving = List.of(Endpoints.serving("housing", 2, "True", null));

  @Test
  void aTableIsDrawnOverItselfOnlyWhenItChanged() {
    Console console = console(true);
    console.show(starting, true);
    assertThat(drawn()).isEqualTo(table(starting));
    console.show(starting, true);
    assertThat(drawn()).isEmpty();
    console.show(serving, true);
    assertThat(drawn()).isEqualTo(TAKE_BACK_TWO + table(serving));
  }

  @Test
  void aLineGoesAboveTheTable() {
    Console console = console(true);
    console.show(starting, true);
    drawn();
    console.say("news");
    assertThat(drawn()).isEqualTo(TAKE_BACK_TWO + "news\n" + table(starting));
    console.endTable();
    console.say("more");
    assertThat(drawn()).isEqualTo("more\n");
  }

  @Test
  void withoutATerminalEachChangeIsALine() {
    Console console = console(false);
    console.show(List.of(Endpoints.unreported("housing")), true);
    assertThat(drawn()).isEmpty();
    console.show(starting, true);
    console.show(starting, true);
    assertThat(drawn())
        .matches("\\d\\d:\\d\\d:\\d\\d  housing  Updating/Provisioning  v1  r1  .*  servers\n");
    console.show(serving, true);
    assertThat(drawn()).contains("  housing  InService  v1  r1  ").doesNotContain("\033");
  }

  @Test
  void aTableThatHasEndedIsLinesOnATerminalToo() {
    Console console = console(true);
    console.show(serving, false);
    assertThat(drawn()).contains("  housing  InService  ").doesNotContain("ENDPOINT", "\033");
  }

  private Console console(boolean terminal) {
    return new Console(new PrintStream(screen, true, StandardCharsets.UTF_8), terminal);
  }

  /** What was written since the last time. */
  private String drawn() {
    String text = screen.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    screen.reset();
    return text;
  }

  private static String table(List<Endpoint> endpoints) {
    return String.join("\n", EndpointTable.lines(endpoints)) + "\n";
  }
}

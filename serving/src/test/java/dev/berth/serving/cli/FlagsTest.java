package dev.berth.serving.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command line does what it says, or the person who wrote it is told what is wrong with it. */
class FlagsTest {
  private final List<Given> runs = new ArrayList<>();
  private String said = "";

  @Test
  void aProgramGetsWhatIsGivenAndTheDefaultsOfTheRest() {
    assertThat(run("--model", "a.ubj", "--port=0", "--once")).isEqualTo(7);
    Given given = runs.getFirst();
    assertThat(given.path("model")).contains(Path.of("a.ubj"));
    assertThat(given.path("config")).isEmpty();
    assertThat(given.number("port")).isZero();
    assertThat(given.longNumber("bytes")).isEqualTo(3_000_000_000L);
    assertThat(given.has("once")).isTrue();
    assertThat(given.has("twice")).isFalse();
    assertThat(given.text("host")).contains("0.0.0.0");
  }

  @Test
  void helpSaysEveryFlagInOrderWithItsDefaultAndRunsNothing() {
    assertThat(run("--help")).isZero();
    assertThat(runs).isEmpty();
    assertThat(said)
        .contains("berth try", "Tries things.")
        .containsSubsequence("--config", "--model", "--port", "8080", "--bytes", "--once");
  }

  @ParameterizedTest
  @CsvSource({
    "--model a --port x, --port=x is not a whole number",
    "--model a --port 99999999999, --port=99999999999 is not a whole number",
    "--model a --config b, exactly one is needed of --config or --model",
    "--once, exactly one is needed of --config or --model",
    "--model a --nonsense, Unrecognized option: --nonsense",
    "--model, Missing argument for option: model",
    "--model a b, what is 'b'?",
    // A beginning is not enough: a flag that comes later must not change what a script means.
    "--mod a, Unrecognized option: --mod",
  })
  void aWrongLineIsAnsweredInWords(String line, String words) {
    assertThat(run(line.split(" "))).isEqualTo(Flags.EXIT_USAGE);
    assertThat(said).isEqualTo("berth try: " + words + " (--help says what there is)\n");
  }

  private int run(String... arguments) {
    Flags flags =
        new Flags("berth try", "Tries things.", "config", "model")
            .value("config", "FILE", "One thing.")
            .value("model", "FILE", "Another thing.")
            .value("port", "PORT", 8080, "A port.")
            .value("bytes", "N", 3_000_000_000L, "Many.")
            .value("host", "HOST", "0.0.0.0", "A host.")
            .toggle("once", "One time.")
            .toggle("twice", "Two times.");
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(caught, true, StandardCharsets.UTF_8);
    try {
      System.setOut(stream);
      System.setErr(stream);
      return flags.run(
          arguments,
          given -> {
            given.number("port");
            runs.add(given);
            return 7;
          });
    } finally {
      System.setOut(out);
      System.setErr(err);
      said = caught.toString(StandardCharsets.UTF_8);
    }
  }
}

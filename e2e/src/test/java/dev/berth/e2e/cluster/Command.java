package dev.berth.e2e.cluster;

import dev.berth.e2e.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program run to its end, in the folder of the checkout. */
record Command(List<String> words, int code, String output) {

  /** Runs a program that is expected to succeed; what it writes is the answer. */
  static String succeeds(String... words) {
    Command command = run("", words);
    if (command.code != 0) {
      throw new IllegalStateException(command.toString());
    }
    return command.output;
  }

  static Command run(String input, String... words) {
    try {
      Process process =
          new ProcessBuilder(words)
              .directory(Checkout.root().toFile())
              .redirectErrorStream(true)
              .start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input);
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Command(List.of(words), process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "%s ended with %d:%n%s".formatted(String.join(" ", words), code, output);
  }
}

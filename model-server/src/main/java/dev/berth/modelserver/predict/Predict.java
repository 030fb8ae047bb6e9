package dev.berth.modelserver.predict;

import dev.berth.engine.Booster;
import dev.berth.engine.format.ModelFormatException;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.serving.cli.Flags;
import dev.berth.serving.cli.Given;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** {@code berth predict --model FILE < rows.csv > out.csv}. */
public final class Predict {
  private static final Flags FLAGS =
      new Flags(
              "berth predict",
              "Predicts rows of CSV from standard input, a line of answers for each. A header that"
                  + " names the model's features is optional; an empty field is a missing value.",
              "model")
          .value("model", "FILE", "The model: JSON, UBJSON or binary.")
          .value(
              "output",
              "KIND",
              "prediction",
              "prediction, margin, leaf or contributions, which end with the bias.")
          .value("missing", "V", "A value that means missing, besides an empty field.");

  private final InputStream in;
  private final OutputStream out;

  Predict(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Predicts standard input; exits with 1 when that fails, 2 for wrong flags. */
  public static void main(String[] args) {
    // System.out swallows the error that says that nobody reads any more.
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    System.exit(run(args, System.in, out));
  }

  static int run(String[] args, InputStream in, OutputStream out) {
    return FLAGS.run(args, given -> new Predict(in, out).predict(given));
  }

  private int predict(Given flags) {
    Path model = flags.path("model").orElseThrow();
    OutputKind output =
        flags
            .parsed("output", OutputKind::named, "one of " + Arrays.toString(OutputKind.values()))
            .orElseThrow();
    Optional<Float> missing = flags.parsed("missing", Float::valueOf, "a number");
    try {
      Booster booster = Booster.read(model);
      new CsvPipe(missing.map(booster::withMissing).orElse(booster), output, out).run(in);
      out.flush();
      return 0;
    } catch (InvalidRowsException e) {
      return failed(e.byLine());
    } catch (UnsupportedOperationException e) {
      return failed(model + ": " + e.getMessage());
    } catch (ModelFormatException e) {
      return failed(model + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      return failed(e.getFile() + " does not exist");
    } catch (IOException e) {
      return failed(e.getMessage());
    } catch (UncheckedIOException _) {
      // Whoever reads us has enough, as head has: that is how pipes end.
      return 1;
    }
  }

  /** Sends what was predicted before it went wrong, then says what did. */
  private int failed(String words) {
    try {
      out.flush();
    } catch (IOException _) {
      return 1;
    }
    System.err.println("berth predict: " + words);
    return 1;
  }
}

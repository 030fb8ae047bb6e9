package dev.berth.modelserver.predict;

import dev.berth.engine.Booster;
import dev.berth.engine.format.ModelFormatException;
import dev.berth.modelserver.media.InvalidRowsException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code berth predict --model FILE < rows.csv > out.csv}. */
@Command(
    name = "berth predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Predicts rows of CSV from standard input, a line of answers for each.",
      "A header that names the model's features is optional; an empty field is a missing value."
    })
public final class Predict implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The model: JSON, UBJSON or binary.")
  Path model;

  @Option(
      names = "--output",
      defaultValue = "PREDICTION",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). Contributions end with the bias.")
  OutputKind output;

  @Option(
      names = "--missing",
      paramLabel = "V",
      description = "A value that means missing, besides an empty field.")
  Float missing;

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
    return new CommandLine(new Predict(in, out))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  @Override
  public Integer call() {
    try {
      Booster booster = Booster.read(model);
      new CsvPipe(missing == null ? booster : booster.withMissing(missing), output, out).run(in);
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

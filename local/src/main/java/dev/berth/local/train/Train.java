package dev.berth.local.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code berth train}: trains a model from a CSV file. Exit code 0, or 1 with a sentence. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains an XGBoost model from a CSV file and checks that Berth answers as XGBoost does.",
      "The same data, options and seed give the same file, byte for byte."
    })
public final class Train implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--data", required = true, description = "CSV file; line 1 names the columns")
  private Path data;

  @Option(names = "--target", required = true, description = "the column to predict")
  private String target;

  @Option(names = "--out", required = true, description = "model file: .ubj or .json")
  private Path out;

  @Option(
      names = "--objective",
      defaultValue = "reg:squarederror",
      description = "${DEFAULT-VALUE}")
  private String objective;

  @Option(
      names = "--rounds",
      defaultValue = "100",
      description = "boosting rounds; ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--eta", defaultValue = "0.3", description = "learning rate; ${DEFAULT-VALUE}")
  private double eta;

  @Option(names = "--max-depth", defaultValue = "6", description = "${DEFAULT-VALUE}")
  private int maxDepth;

  @Option(names = "--seed", defaultValue = "0", description = "${DEFAULT-VALUE}")
  private int seed;

  @Option(
      names = "--held-out",
      defaultValue = "0",
      description = "share of the rows that is not trained on but measured, such as 0.2")
  private double heldOut;

  @Option(names = "--num-class", description = "number of classes, for multi:* objectives")
  private Integer numClass;

  @Option(
      names = "--missing",
      defaultValue = "NaN",
      description = "a number that means 'missing' in the file, beside an empty cell")
  private float missing;

  @Option(names = "--format", description = "ubj or json; otherwise by the suffix of --out")
  private String format;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "more are faster; results are the same to the byte only for the same number")
  private int threads;

  @Option(
      names = "--param",
      description = "any other parameter of XGBoost, as name=value; may be repeated")
  private final Map<String, String> others = new TreeMap<>();

  @Option(names = "--overwrite", description = "replace --out when it exists")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    PrintWriter say = spec.commandLine().getOut();
    try {
      String suffix = checkedFormat();
      checkOptions();
      TrainingData table = TrainingData.of(CsvTable.read(data, missing), target);
      TrainingData.Split split = table.holdOut(heldOut, seed);
      Trainer.Trained trained = Trainer.train(split, parameters(), rounds, suffix);
      write(trained.file());
      report(say, split, trained);
      say.println(EngineCheck.of(out, trained.file(), split.train()));
      return 0;
    } catch (TrainingException e) {
      spec.commandLine().getErr().println("berth train: " + e.getMessage());
      return 1;
    } finally {
      say.flush();
    }
  }

  private String checkedFormat() {
    String name = out.getFileName().toString();
    String suffix = format != null ? format : name.substring(name.lastIndexOf('.') + 1);
    if (!List.of("ubj", "json").contains(suffix)) {
      throw new TrainingException(
          "'" + suffix + "' is not a format: end --out in .ubj or .json, or give --format");
    }
    return suffix;
  }

  private void checkOptions() {
    if (Files.exists(out) && !overwrite) {
      throw new TrainingException(out + " exists; --overwrite replaces it");
    }
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new TrainingException("--held-out " + heldOut + " is not a share: 0 to below 1");
    }
    if (rounds < 1) {
      throw new TrainingException("--rounds " + rounds + ": at least 1");
    }
    if (objective.startsWith("multi:") && numClass == null) {
      throw new TrainingException(objective + " needs --num-class");
    }
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("objective", objective);
    parameters.put("eta", eta);
    parameters.put("max_depth", maxDepth);
    parameters.put("seed", seed);
    parameters.put("nthread", threads);
    parameters.put("verbosity", 1);
    if (numClass != null) {
      parameters.put("num_class", numClass);
    }
    parameters.putAll(others);
    return parameters;
  }

  private void write(byte[] file) throws IOException {
    Path whole = out.toAbsolutePath();
    Files.createDirectories(whole.getParent());
    Path part = Files.createTempFile(whole.getParent(), ".train", ".part");
    try {
      Files.write(part, file);
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void report(PrintWriter say, TrainingData.Split split, Trainer.Trained trained) {
    say.printf(
        Locale.ROOT,
        "%s: %d rounds on %d rows, %d features, %d bytes%n",
        out,
        rounds,
        split.train().rows(),
        split.train().features().size(),
        trained.file().length);
    trained
        .metrics()
        .forEach(
            (name, values) ->
                say.println(
                    name
                        + ": "
                        + values.get(0)
                        + " on the training rows"
                        + (values.size() > 1
                            ? ", " + values.get(1) + " on " + split.heldOut().rows() + " held out"
                            : "")));
  }
}

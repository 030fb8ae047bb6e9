package dev.berth.local.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.engine.Booster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainTest {
  private static final Path HOUSING = Path.of("..", "examples", "housing", "boston-housing.csv");
  private static final String EXACT = "equal XGBoost's bit for bit";

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  @Test
  void trainsAModelThatTheEngineAnswersExactly() throws Exception {
    Outcome outcome = train(HOUSING, "--target=medv", "--rounds=20", "--out=" + folder("m.ubj"));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("rmse: ").contains(EXACT);
    Booster booster = Booster.read(folder("m.ubj"));
    assertThat(booster.numTrees()).isEqualTo(20);
    assertThat(booster.description().featureNames()).hasSize(13).startsWith("crim", "zn");
  }

  @Test
  void sameSeedSameBytesAndAnotherSeedOthers() throws Exception {
    for (String out : List.of("a.ubj", "b.ubj")) {
      subsampled(out, 1);
    }
    subsampled("c.ubj", 2);

    assertThat(folder("a.ubj")).hasSameBinaryContentAs(folder("b.ubj"));
    assertThat(Files.readAllBytes(folder("c.ubj")))
        .isNotEqualTo(Files.readAllBytes(folder("a.ubj")));
  }

  @Test
  void heldOutRowsAreMeasured() {
    Outcome outcome =
        train(HOUSING, "--target=medv", "--held-out=0.2", "--out=" + folder("m.json"));

    assertThat(outcome.out()).containsPattern("rmse: \\S+ on the training rows, \\S+ on 101 held");
  }

  @ParameterizedTest
  @CsvSource({
    "reg:squarederror, --param=booster=dart;--param=rate_drop=0.3",
    "reg:squarederror, --param=booster=gblinear",
    "reg:squarederror, --param=num_parallel_tree=3;--param=subsample=0.7",
    "reg:pseudohubererror, --eta=0.1",
    "reg:absoluteerror, --eta=0.1",
    "count:poisson, --eta=0.1",
    "reg:gamma, --eta=0.1",
    "reg:tweedie, --eta=0.1"
  })
  void engineAgreesWithXgboost(String objective, String options) {
    List<String> arguments = new ArrayList<>(List.of(options.split(";")));
    arguments.addAll(List.of("--target=medv", "--rounds=15", "--objective=" + objective));
    arguments.add("--out=" + folder("m.ubj"));
    Outcome outcome = train(HOUSING, arguments.toArray(String[]::new));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("checked: Berth's margins for 506 rows equal XGBoost's");
  }

  @ParameterizedTest
  @CsvSource({
    "binary:logistic, ''",
    "multi:softprob, --num-class=2",
    "multi:softmax, --num-class=2"
  })
  void classesWithMissingValues(String objective, String option) throws Exception {
    StringBuilder rows = new StringBuilder("a,b,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 7 == 0 ? "-9" : "" + i % 5).append(',').append(i % 3 == 0 ? "" : "" + i);
      rows.append(',').append(i / 2 % 2).append('\n');
    }
    Path data = Files.writeString(folder("classes.csv"), rows);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--target=label", "--missing=-9", "--objective=" + objective));
    arguments.add("--out=" + folder("m.ubj"));
    if (!option.isEmpty()) {
      arguments.add(option);
    }
    Outcome outcome = train(data, arguments.toArray(String[]::new));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains(EXACT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,y\\n1,2\\n1,six\\n | line 3, column 'y': \"six\" is not a number",
        "a,y\\n1,2\\n1\\n     | line 3: 1 values, but the header names 2",
        "a,y\\n1,\\n          | row 1 has no value of the target 'y'",
        "a,b\\n1,2\\n         | there is no column 'y'; the file has a, b",
        "a,a\\n1,2\\n         | column 'a' is there twice",
        "y\\n1\\n             | there is no column but the target 'y'",
        "a,y\\n               | has no rows under its header",
        "a,y\\n1e99,2\\n      | line 2, column 'a': \"1e99\" is too large",
        "a,y\\n\"1,2\\n       | a quote is not closed"
      })
  void badDataIsExplained(String text, String words) throws Exception {
    Path data = Files.writeString(folder("bad.csv"), text.replace("\\n", "\n"));
    Outcome outcome = train(data, "--target=y", "--out=" + folder("m.ubj"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains(words);
    assertThat(folder("m.ubj")).doesNotExist();
  }

  @Test
  void badOptionsAreExplained() throws Exception {
    Path there = Files.writeString(folder("there.ubj"), "precious");

    assertThat(train(HOUSING, "--target=medv", "--out=" + there).err())
        .contains("exists; --overwrite replaces it");
    assertThat(there).hasContent("precious");
    assertThat(train(folder("no.csv"), "--target=y", "--out=" + folder("m.ubj")).err())
        .contains("there is no file");
    assertThat(train(HOUSING, "--target=medv", "--out=" + folder("m.bin")).err())
        .contains("'bin' is not a format");
    assertThat(
            train(HOUSING, "--target=medv", "--objective=reg:nonsense", "--out=" + folder("m.ubj"))
                .err())
        .contains("XGBoost: ")
        .contains("reg:nonsense");
  }

  private void subsampled(String out, int seed) {
    Outcome outcome =
        train(
            HOUSING,
            "--target=medv",
            "--rounds=10",
            "--param=subsample=0.5",
            "--seed=" + seed,
            "--out=" + folder(out));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private Path folder(String name) {
    return folder.resolve(name);
  }

  private static Outcome train(Path data, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("--data=" + data));
    arguments.addAll(List.of(options));
    int code =
        new CommandLine(new Train())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }
}

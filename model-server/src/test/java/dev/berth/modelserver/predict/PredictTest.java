package dev.berth.modelserver.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.modelserver.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictTest {
  private static final String HOUSES = "xgb-3.0.5/feature-names";
  private static final String NAMES = "crim,zn,indus,chas,nox,rm,age,dis\n";

  @TempDir Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream realErrors = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(realErrors);
  }

  @ParameterizedTest
  @CsvSource({
    "xgb-3.2.0/multi-softprob, model.ubj, prediction, prediction",
    "xgb-3.2.0/multi-softprob, model.json, margin, margin",
    "xgb-0.90/squarederror, model.bin, leaf, leaf",
    "xgb-3.0.5/feature-names, model.json, contributions, contributions",
    "xgb-1.7.6/multi-softmax, model.ubj, prediction, prediction"
  })
  void printsWhatXgboostAnswers(String zoo, String file, String output, String answers)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        run(
            stream(Zoo.csv(zoo)),
            out,
            "--model",
            Zoo.file(zoo + "/" + file, directory).toString(),
            "--output",
            output);
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    JsonNode expected = Zoo.answers(zoo).get(answers);
    assertThat(lines).hasSize(expected.size());
    for (int row = 0; row < lines.size(); row++) {
      String[] values = lines.get(row).split(",");
      JsonNode right = expected.get(row);
      assertThat(values).hasSize(right.isArray() ? right.size() : 1);
      for (int i = 0; i < values.length; i++) {
        double value = right.isArray() ? right.get(i).asDouble() : right.asDouble();
        assertThat(Double.parseDouble(values[i]))
            .isCloseTo(value, org.assertj.core.data.Offset.offset(1e-5));
      }
    }
  }

  @Test
  void aHeaderMayComeInAnyOrderAndAValueMayMeanMissing() throws Exception {
    String model = Zoo.file(HOUSES + "/model.ubj", directory).toString();
    String plain = answered(",,,4,5,6,7,\n", "--model", model);
    assertThat(answered("dis,age,rm,nox,chas,indus,zn,crim\n,7,6,5,4,,,\n", "--model", model))
        .isEqualTo(plain);
    assertThat(
            answered(
                NAMES + "-999,-999,-999,4,5,6,7,-999\r\n", "--model", model, "--missing", "-999"))
        .isEqualTo(plain);
    assertThat(answered(NAMES + "-999,-999,-999,4,5,6,7,-999\r\n", "--model", model))
        .isNotEqualTo(plain);
  }

  @Test
  void anyNumberOfRowsStreamsThroughOneBlock() throws Exception {
    String model = Zoo.file(HOUSES + "/model.ubj", directory).toString();
    long rows = 200_000;
    byte[] row = "1,2,\"3\",4,5,6,7,8\n".getBytes(StandardCharsets.UTF_8);
    LineCount out = new LineCount();
    assertThat(run(new Repeated(row, rows), out, "--model", model)).isZero();
    assertThat(out.lines).isEqualTo(rows);
  }

  @Test
  void anErrorNamesTheLineAndLosesNoAnswerBeforeIt() throws Exception {
    String model = Zoo.file(HOUSES + "/model.ubj", directory).toString();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String text = NAMES + "1,2,3,4,5,6,7,8\n".repeat(1000) + "1,2,3,4,5,six,7,8\n";
    assertThat(run(stream(text), out, "--model", model)).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualTo("berth predict: line 1002, column 'rm': \"six\" is not a number\n");
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1000);
  }

  @Test
  void aRecordThatIsTooShortLosesNoAnswerBeforeItEither() throws Exception {
    String model = Zoo.file(HOUSES + "/model.ubj", directory).toString();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String text = "1,2,3,4,5,6,7,8\n".repeat(3) + "1,2,3\n";
    assertThat(run(stream(text), out, "--model", model)).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
  }

  @Test
  void otherFailuresHaveWordsToo() throws Exception {
    assertThat(run(stream(""), OutputStream.nullOutputStream(), "--model", "/none")).isEqualTo(1);
    Path linear = Zoo.file("xgb-3.0.5/gblinear/model.json", directory);
    assertThat(
            run(
                stream("1,2,3,4,5,6,7,8\n"),
                OutputStream.nullOutputStream(),
                "--model",
                linear.toString(),
                "--output",
                "leaf"))
        .isEqualTo(1);
    assertThat(run(stream(""), OutputStream.nullOutputStream(), "--output", "leaf")).isEqualTo(2);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("/none does not exist", "no leaves", "--model");
  }

  @Test
  void aPipeThatNobodyReadsEndsQuietly() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    String model = Zoo.file(HOUSES + "/model.ubj", directory).toString();
    assertThat(run(stream("1,2,3,4,5,6,7,8\n"), broken, "--model", model)).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private String answered(String text, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(stream(text), out, args)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int run(InputStream in, OutputStream out, String... args) {
    return Predict.run(args, in, out);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class LineCount extends OutputStream {
    private long lines;

    @Override
    public void write(int b) {
      lines += b == '\n' ? 1 : 0;
    }
  }

  /** A row again and again, in pieces that end anywhere. */
  private static final class Repeated extends InputStream {
    private final byte[] row;
    private long left;
    private int at;

    Repeated(byte[] row, long times) {
      this.row = row;
      this.left = times * row.length;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      at = at == row.length ? 0 : at;
      return row[at++];
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int count = 0;
      while (count < length && left > 0) {
        into[from + count++] = (byte) read();
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}

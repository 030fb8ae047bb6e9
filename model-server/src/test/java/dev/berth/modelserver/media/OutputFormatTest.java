package dev.berth.modelserver.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutputFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none                                          | CSV        | CSV",
        "*/*                                           | JSON       | JSON",
        "text/csv                                      | JSON       | CSV",
        "application/json                              | CSV        | JSON",
        "application/jsonlines                         | CSV        | JSON_LINES",
        "text/html, application/json;q=0.9, */*;q=0.8  | CSV        | JSON",
        "text/csv;q=0.5, application/jsonlines;q=0.6   | JSON       | JSON_LINES",
        "application/*                                 | CSV        | JSON",
        "text/*;q=0.2, application/json;q=0.1          | JSON       | CSV",
        "*/*, application/json;q=0                     | JSON       | CSV",
        "Application/JSON; charset=utf-8               | CSV        | JSON",
        "text/html                                     | CSV        | none",
        "text/csv;q=0                                  | CSV        | none",
        "application/x-recordio-protobuf               | CSV        | RECORDIO",
        "*/*;q=0.1, application/x-recordio-protobuf    | JSON       | RECORDIO",
        "image/*, text/html;q=0.5                      | JSON       | none"
      })
  void negotiates(String accept, OutputFormat preferred, OutputFormat chosen) {
    assertThat(OutputFormat.negotiate(accept, preferred).orElse(null)).isEqualTo(chosen);
  }

  @Test
  void writesScores() {
    assertThat(written(OutputFormat.CSV)).isEqualTo("24.9\n25");
    assertThat(written(OutputFormat.JSON))
        .isEqualTo("{\"predictions\":[{\"score\":24.9},{\"score\":25}]}");
    assertThat(written(OutputFormat.JSON_LINES)).isEqualTo("{\"score\":24.9}\n{\"score\":25}\n");
    assertThat(written(OutputFormat.KSERVE_V1)).isEqualTo("{\"predictions\":[24.9,25]}");
  }

  @ParameterizedTest
  @EnumSource(value = OutputFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "RECORDIO")
  void whatIsNotFiniteNeverLeaves(OutputFormat format) {
    AnswerBuffer out = new AnswerBuffer(1000);
    AnswerWriter writer = format.writer(out);
    writer.scores(new float[] {9, Float.NaN, Float.POSITIVE_INFINITY, 0.5f}, 1, 3);
    writer.end();
    assertThat(new String(out.toBytes(), StandardCharsets.UTF_8))
        .contains(format == OutputFormat.CSV ? ",,0.5" : "[null,null,0.5]");
  }

  @Test
  void labelsAreQuotedWhereTheyMustBe() {
    assertThat(labelled(OutputFormat.CSV, "a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
    assertThat(labelled(OutputFormat.JSON, "a\"\\\nü"))
        .isEqualTo("{\"predictions\":[{\"score\":\"a\\\"\\\\\\nü\"}]}");
  }

  private static String labelled(OutputFormat format, String label) {
    AnswerBuffer out = new AnswerBuffer(1000);
    AnswerWriter writer = format.writer(out);
    writer.label(label);
    writer.end();
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  private static String written(OutputFormat format) {
    AnswerBuffer out = new AnswerBuffer(1000);
    AnswerWriter writer = format.writer(out);
    writer.scores(new float[] {24.9f, 25f}, 0, 1);
    writer.scores(new float[] {24.9f, 25f}, 1, 1);
    writer.end();
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }
}

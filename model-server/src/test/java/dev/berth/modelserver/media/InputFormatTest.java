package dev.berth.modelserver.media;

import static dev.berth.modelserver.media.InputFormat.CSV;
import static dev.berth.modelserver.media.InputFormat.JSON;
import static dev.berth.modelserver.media.InputFormat.JSON_LINES;
import static dev.berth.modelserver.media.InputFormat.LIBSVM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Given a text of some media type, then these rows or this complaint. */
class InputFormatTest {
  private static final Columns HOUSE =
      new Columns(
          List.of(
              Column.numeric("rm", true),
              Column.categorical("side", List.of("east", "we\"st", "süd"), true),
              Column.categorical("colour", List.of("red", "blue"), false),
              Column.numeric("age", false)));

  static List<Arguments> rows() {
    return List.of(
        Arguments.of(CSV, "6.5,east,blue,40", "[[6.5, 0.0, 1.0, 40.0]]"),
        Arguments.of(
            CSV,
            "6.5,east,blue,40\r\n7,\"we\"\"st\",\"red\",\n",
            "[[6.5, 0.0, 1.0, 40.0], [7.0, 1.0, 0.0, NaN]]"),
        Arguments.of(
            CSV, "\uFEFFrm,side,colour,age\n1, süd ,\tred,nan\n", "[[1.0, 2.0, 0.0, NaN]]"),
        Arguments.of(
            CSV,
            "age,\"side\",rm\n40,east,6.5\n\n,,\n",
            "[[6.5, 0.0, NaN, 40.0], [NaN, NaN, NaN, NaN]]"),
        Arguments.of(CSV, "\"6.5\",\"east\",green,\"\"", "[[6.5, 0.0, NaN, NaN]]"),
        Arguments.of(CSV, ",east,,4e1", "[[NaN, 0.0, NaN, 40.0]]"),
        Arguments.of(
            LIBSVM,
            "1 0:6.5 3:40\n0:7 1:süd # words\n\n-1\n",
            "[[6.5, NaN, NaN, 40.0], [7.0, 2.0, NaN, NaN], [NaN, NaN, NaN, NaN]]"),
        Arguments.of(LIBSVM, "1 qid:3 2:blue\r\n", "[[NaN, NaN, 1.0, NaN]]"),
        Arguments.of(JSON, "[6.5,\"east\",null,40]", "[[6.5, 0.0, NaN, 40.0]]"),
        Arguments.of(
            JSON,
            " [[6.5,\"we\\\"st\",\"blue\",NaN], [1,\"s\\u00fcd\",\"?\",-0] ] ",
            "[[6.5, 1.0, 1.0, NaN], [1.0, 2.0, NaN, -0.0]]"),
        Arguments.of(JSON, "{\"rm\":6.5,\"side\":\"süd\",\"age\":1e1}", "[[6.5, 2.0, NaN, 10.0]]"),
        Arguments.of(
            JSON, "{\"age\":\"NaN\",\"side\":null,\"r\\u006d\":6.5}", "[[6.5, NaN, NaN, NaN]]"),
        Arguments.of(
            JSON,
            "[{\"rm\":1,\"side\":\"east\"},[2,\"east\",\"red\",3]]",
            "[[1.0, 0.0, NaN, NaN], [2.0, 0.0, 0.0, 3.0]]"),
        Arguments.of(
            JSON,
            "{\"instances\":[[1,\"east\",null,2],{\"features\":[3,null,null,4]}]}",
            "[[1.0, 0.0, NaN, 2.0], [3.0, NaN, NaN, 4.0]]"),
        Arguments.of(
            JSON,
            "{\"signature_name\":{\"a\":[1]},\"instances\":[{\"rm\":1,\"side\":\"east\"}],\"x\":1}",
            "[[1.0, 0.0, NaN, NaN]]"),
        Arguments.of(JSON, "{\"features\":[1,\"east\",null,2]}", "[[1.0, 0.0, NaN, 2.0]]"),
        Arguments.of(
            JSON,
            "{\"features\":[[1,null,null,2],[3,null,null,4]]}",
            "[[1.0, NaN, NaN, 2.0], [3.0, NaN, NaN, 4.0]]"),
        Arguments.of(JSON, "{\"features\":{\"rm\":1,\"side\":\"east\"}}", "[[1.0, 0.0, NaN, NaN]]"),
        Arguments.of(
            JSON_LINES,
            "[1,null,null,2]\n\n{\"rm\":1,\"side\":\"east\"}\r\n{\"features\":[3,null,null,4]}",
            "[[1.0, NaN, NaN, 2.0], [1.0, 0.0, NaN, NaN], [3.0, NaN, NaN, 4.0]]"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void reads(InputFormat format, String text, String rows) {
    assertThat(Rows.shown(Rows.read(format, HOUSE, text))).isEqualTo(rows);
  }

  static List<Arguments> complaints() {
    return List.of(
        Arguments.of(
            CSV,
            "1,east,red,2\n1,east,red,2\nsix,east,red,2",
            "row 3, column 'rm': \"six\" is not a number"),
        Arguments.of(
            CSV,
            "rm,side\n1e99,east",
            "row 1, column 'rm': \"1e99\" is beyond the largest float, 3.4028235e38"),
        Arguments.of(
            CSV,
            "1,north,red,2",
            "row 1, column 'side': \"north\" is not one of the categories east, we\"st, süd"),
        Arguments.of(CSV, "1,east,red", "row 1: 3 values where the model has 4 features"),
        Arguments.of(CSV, "rm,side\n1,east,3", "row 1: 3 values where the header has 2 names"),
        Arguments.of(
            CSV,
            "rm,sied,age\n1,east,3",
            "the header names \"sied\", which is no feature of the model"),
        Arguments.of(CSV, "rm,age\n1,3", "the header does not name the feature 'side'"),
        Arguments.of(CSV, "rm,side,rm\n1,east,3", "the header names 'rm' twice"),
        Arguments.of(CSV, "1,\"east,red,2", "row 1: a quoted field does not end"),
        Arguments.of(CSV, "1,\"east\" x,red,2", "row 1: text after the quote that ends a field"),
        Arguments.of(
            CSV, "1,ea\"st,red,2", "row 1: a quote inside a field that does not begin with one"),
        Arguments.of(
            CSV, "Infinity,east,red,2", "row 1, column 'rm': \"Infinity\" is not a number"),
        Arguments.of(LIBSVM, "1 4:3", "row 1: feature 4, where the model has 4, counted from 0"),
        Arguments.of(LIBSVM, "1 0:3\n0 0:x", "row 2, column 'rm': \"x\" is not a number"),
        Arguments.of(LIBSVM, "1 0:3 0:4", "row 1, column 'rm': feature 0 is given twice"),
        Arguments.of(LIBSVM, "1 0:3 7", "row 1: \"7\" is not index:value"),
        Arguments.of(LIBSVM, "1 -1:3", "row 1: \"-1\" is not the index of a feature"),
        Arguments.of(
            JSON,
            "[[1,\"east\",null,2],[\"six\",null,null,2]]",
            "row 2, column 'rm': \"six\" is not a number"),
        Arguments.of(JSON, "[true,\"east\",null,2]", "row 1, column 'rm': true is not a number"),
        Arguments.of(
            JSON,
            "[[[1],\"east\",null,2]]",
            "row 1, column 'rm': an array where one value is expected"),
        Arguments.of(
            JSON, "[1,\"east\",null,2,5,{}]", "row 1: 6 values where the model has 4 features"),
        Arguments.of(
            JSON,
            "{\"rm\":1}",
            "row 1, column 'side': is not given; give null where its value is missing"),
        Arguments.of(
            JSON, "{\"rm\":1,\"side\":null,\"rm\":2}", "row 1, column 'rm': is given twice"),
        Arguments.of(JSON, "{\"rm\":1,\"id\":2}", "row 1: the model has no feature named \"id\""),
        Arguments.of(JSON, "{\"id\":1,\"rm\":2}", "row 1: the model has no feature named \"id\""),
        Arguments.of(JSON, "[]", "an empty array holds no row"),
        Arguments.of(JSON, "{\"instances\":[]}", "\"instances\" is empty"),
        Arguments.of(JSON, "{\"instances\":[1]}", "row 1: an array or an object is expected"),
        Arguments.of(JSON, "12", "not valid JSON at byte 1: an array or an object is expected"),
        Arguments.of(
            JSON,
            "[01,null,null,1]",
            "row 1: not valid JSON at byte 4: a number is not written as JSON writes numbers"),
        Arguments.of(
            JSON, "[1,null,null,1]]", "not valid JSON at byte 16: there is more after the end"),
        Arguments.of(
            JSON_LINES,
            "[1,null,null,1] [1,null,null,1]",
            "row 1: not valid JSON at byte 17: the end of the line is expected after a row"));
  }

  @ParameterizedTest
  @MethodSource("complaints")
  void complains(InputFormat format, String text, String complaint) {
    assertThatThrownBy(() -> Rows.read(format, HOUSE, text))
        .isInstanceOf(InvalidRowsException.class)
        .hasMessage(complaint);
  }

  @Test
  void namesTheLineToo() {
    assertThatThrownBy(() -> Rows.read(CSV, HOUSE, "rm,side\n1,\"ea\nst\"\n"))
        .isInstanceOfSatisfying(
            InvalidRowsException.class,
            e -> assertThat(e.byLine()).startsWith("line 3, column 'side': \"ea?st\""));
    assertThatThrownBy(() -> Rows.read(CSV, HOUSE, "rm,side\n\n1,east\nx,east"))
        .isInstanceOfSatisfying(
            InvalidRowsException.class,
            e -> assertThat(e.byLine()).isEqualTo("line 4, column 'rm': \"x\" is not a number"));
  }

  @Test
  void aModelOfOneFeatureTakesBareValuesAndEmptyLines() {
    Columns one = Columns.named(List.of("f0"));
    assertThat(Rows.shown(Rows.read(CSV, one, "f0\n1\n\n2"))).isEqualTo("[[1.0], [NaN], [2.0]]");
    assertThat(Rows.shown(Rows.read(JSON, one, "{\"instances\":[1,[2],null]}")))
        .isEqualTo("[[1.0], [2.0], [NaN]]");
  }

  @Test
  void blocksAreHandedOnInOrder() {
    Columns two = Columns.named(List.of("a", "b"));
    String text =
        String.join("\n", IntStream.range(0, 10_000).mapToObj(i -> i + "," + -i).toList());
    List<float[]> rows = Rows.read(CSV, two, text);
    assertThat(rows).hasSize(10_000);
    assertThat(rows.get(9_999)).containsExactly(9_999, -9_999);
    assertThat(rows.get(256)).containsExactly(256, -256);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv|CSV",
        "Text/CSV; charset=UTF-8|CSV",
        "text/x-libsvm|LIBSVM",
        "text/libsvm|LIBSVM",
        "application/json|JSON",
        "application/jsonlines|JSON_LINES"
      })
  void knowsMediaTypes(String contentType, InputFormat format) {
    assertThat(InputFormat.of(contentType)).contains(format);
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "text/csv; charset=utf-16", "application/octet-stream", "''"})
  void refusesOtherMediaTypes(String contentType) {
    assertThat(InputFormat.of(contentType)).isEmpty();
  }
}

package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.MAPPER;
import static dev.berth.modelserver.ServerFixture.model;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.modelserver.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What headers choose: the answer's form, its packing, whether it explains itself. */
class NegotiationTest {
  private static final String ROW = "0.5,1,2,3,4,5,6,7";
  private static final String EXPLAIN = "x-amzn-sagemaker-enable-explanations";
  private static final String MODEL = "x-amzn-sagemaker-target-model";

  @TempDir Path directory;
  private ServerFixture server;

  @BeforeEach
  void start() throws Exception {
    server =
        new ServerFixture(
            directory,
            List.of(
                model("houses", Zoo.file("xgb-3.0.5/feature-names/model.ubj", directory)),
                model("classes", Zoo.file("xgb-3.2.0/multi-softprob/model.json", directory)),
                model(
                    "vectors",
                    Zoo.file("xgb-3.0.5/multi-target-vector-leaf/model.json", directory))));
    server.service().load();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv, application/json;q=0.5                   | text/csv",
        "application/json, text/csv;q=0.5                   | application/json",
        "text/html, application/*;q=0.2                     | application/json",
        "application/x-recordio-protobuf                    | application/x-recordio-protobuf",
        "application/jsonlines;q=0.9, */*;q=0.1             | application/jsonlines",
      })
  void theAnswerIsWhatTheClientLikesBest(String accept, String type) throws Exception {
    HttpResponse<String> answer = server.invoke("text/csv", ROW, "accept", accept, MODEL, "houses");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains(type);
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithWhatCan() throws Exception {
    HttpResponse<String> answer =
        server.invoke("text/csv", ROW, "accept", "image/png;q=1, text/csv;q=0", MODEL, "houses");
    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(MAPPER.readTree(answer.body()).get("message").asText())
        .isEqualTo(
            "nothing in Accept 'image/png;q=1, text/csv;q=0' is written here; use one of text/csv,"
                + " application/json, application/jsonlines, application/x-recordio-protobuf");
  }

  @Test
  void recordsGoInAndOut() throws Exception {
    float expected =
        Float.parseFloat(server.invoke("text/csv", ROW, MODEL, "houses").body().strip());
    ByteBuffer record = ByteBuffer.allocate(8 + 48).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(0xced7230a).putInt(48);
    // features { key: "values" value { float32_tensor { values: ... } } }
    record.put(new byte[] {0x0a, 46, 0x0a, 6}).put("values".getBytes(UTF_8));
    record.put(new byte[] {0x12, 36, 0x12, 34, 0x0a, 32});
    for (String value : ROW.split(",", -1)) {
      record.putFloat(Float.parseFloat(value));
    }
    HttpResponse<byte[]> answer =
        server.bytes(
            "/invocations",
            record.array(),
            "content-type",
            "application/x-recordio-protobuf",
            "accept",
            "application/x-recordio-protobuf",
            MODEL,
            "houses");
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    ByteBuffer out = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(out.getInt()).isEqualTo(0xced7230a);
    int length = out.getInt();
    assertThat(out.getFloat(8 + length - 4)).isEqualTo(expected);
  }

  @Test
  void packedBodiesAreUnpacked() throws Exception {
    String plain = server.invoke("text/csv", ROW, MODEL, "houses").body();
    HttpResponse<byte[]> answer = packed(gzip(ROW.getBytes(UTF_8)));
    assertThat(new String(answer.body(), UTF_8)).isEqualTo(plain);
    HttpResponse<byte[]> many = packed(gzip((ROW + "\n").repeat(20_000).getBytes(UTF_8)));
    assertThat(new String(many.body(), UTF_8).lines()).hasSize(20_000).containsOnly(plain);
    assertThat(packed(new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
    byte[] cut = gzip((ROW + "\n").repeat(100).getBytes(UTF_8));
    assertThat(packed(Arrays.copyOf(cut, cut.length - 9)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void aBodyThatUnpacksToMoreThanTheLimitIsTooLarge(int mebibytes) throws Exception {
    HttpResponse<byte[]> answer = packed(gzip(new byte[(mebibytes << 20) + 1]));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(new String(answer.body(), UTF_8)).contains("unpacks to more than 1048576 bytes");
  }

  @ParameterizedTest
  @CsvSource({"gzip,true", "'gzip;q=0.5, *;q=0',true", "*,true", "gzip;q=0,false", "br,false"})
  void largeAnswersGoPackedToThoseWhoTakeThem(String accepted, boolean isPacked) throws Exception {
    byte[] body = (ROW + "\n").repeat(5_000).getBytes(UTF_8);
    HttpResponse<byte[]> plain =
        server.bytes("/invocations", body, "content-type", "text/csv", MODEL, "houses");
    HttpResponse<byte[]> answer =
        server.bytes(
            "/invocations",
            body,
            "content-type",
            "text/csv",
            "accept-encoding",
            accepted,
            MODEL,
            "houses");
    assertThat(answer.headers().firstValue("vary")).contains("accept-encoding");
    assertThat(answer.headers().firstValue("content-encoding").isPresent()).isEqualTo(isPacked);
    byte[] bytes =
        isPacked
            ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
            : answer.body();
    assertThat(bytes).isEqualTo(plain.body());
    assertThat(
            server
                .invoke("text/csv", ROW, "accept-encoding", "gzip", MODEL, "houses")
                .headers()
                .firstValue("content-encoding"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"houses", "classes"})
  void explanationsAddUpToTheMargins(String model) throws Exception {
    String zoo = model.equals("houses") ? "xgb-3.0.5/feature-names" : "xgb-3.2.0/multi-softprob";
    HttpResponse<String> answer =
        server.invoke("text/csv", Zoo.csv(zoo), EXPLAIN, "`true`", MODEL, model);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    JsonNode explained = MAPPER.readTree(answer.body());
    assertThat(explained.get("version").asText()).isEqualTo("1.0");
    assertThat(explained.get("predictions").get("content_type").asText())
        .isEqualTo("text/csv; charset=utf-8");
    assertThat(explained.get("predictions").get("data").asText())
        .isEqualTo(server.invoke("text/csv", Zoo.csv(zoo), MODEL, model).body());
    JsonNode explanations = explained.get("explanations");
    JsonNode expected = Zoo.answers(zoo);
    for (int row = 0; row < expected.get("inputs").size(); row++) {
      JsonNode margins = expected.get("margin").get(row);
      for (int output = 0; output < explanations.get("expected_value").size(); output++) {
        double sum = explanations.get("expected_value").get(output).asDouble();
        for (JsonNode feature : explanations.get("kernel_shap").get(row)) {
          sum += feature.get("attributions").get(0).get("attribution").get(output).asDouble();
        }
        double margin = (margins.isArray() ? margins.get(output) : margins).asDouble();
        assertThat(sum).isCloseTo(margin, Offset.offset(1e-4));
      }
    }
    assertThat(explanations.get("kernel_shap").get(0).get(0).get("feature_header").asText())
        .isEqualTo(model.equals("houses") ? "crim" : "f0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`false`     | houses  | text/csv | 200 | 5.1346016",
        "true        | houses  | application/json | 200 | \"content_type\":\"application/json; charset=utf-8\"",
        "[0]>`0.8`   | houses  | text/csv | 400 | of JMESPath only the literals `true` and `false` are understood here",
        "`true`      | vectors | text/csv | 400 | has no explanations",
        "`true`      | houses  | application/x-recordio-protobuf | 406 | accept one of text/csv",
      })
  void explanationsAreAskedForByALiteral(
      String expression, String model, String accept, int status, String words) throws Exception {
    HttpResponse<String> answer =
        server.invoke(
            "text/csv",
            model.equals("houses") ? ROW : Zoo.csv("xgb-3.0.5/multi-target-vector-leaf"),
            EXPLAIN,
            expression,
            "accept",
            accept,
            MODEL,
            model);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  private HttpResponse<byte[]> packed(byte[] body) throws Exception {
    return server.bytes(
        "/invocations",
        body,
        "content-type",
        "text/csv",
        "content-encoding",
        "gzip",
        MODEL,
        "houses");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}

package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.MAPPER;
import static dev.berth.modelserver.ServerFixture.model;
import static dev.berth.modelserver.Tensors.ROW;
import static dev.berth.modelserver.Tensors.csv;
import static dev.berth.modelserver.Tensors.flat;
import static dev.berth.modelserver.Tensors.json;
import static dev.berth.modelserver.Tensors.raw;
import static dev.berth.modelserver.Tensors.tensor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.modelserver.zoo.Zoo;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol over real HTTP. */
class OpenInferenceTest {
  private static final List<String> NAMES =
      List.of("crim", "zn", "indus", "chas", "nox", "rm", "age", "dis");

  @TempDir Path directory;
  private ServerFixture server;

  @BeforeEach
  void start() throws Exception {
    Path houses = Zoo.file("xgb-3.0.5/feature-names/model.ubj", directory);
    Path classes = Zoo.file("xgb-3.2.0/multi-softprob/model.json", directory);
    Path binary = Zoo.file("xgb-3.0.5/binary-logistic/model.json", directory);
    server =
        new ServerFixture(
            directory,
            List.of(
                model("houses", houses),
                model("classes", classes),
                model(
                    "labels",
                    binary,
                    "output",
                    Map.of("labels", List.of("no", "yes"), "select", "Label"))));
    server.service().load();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void saysWhatItIs() throws Exception {
    assertThat(json(server.get("/v2")).get("name").asText()).isEqualTo("berth");
    assertThat(json(server.get("/v2")).get("extensions").get(0).asText())
        .isEqualTo("binary_tensor_data");
    assertThat(server.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(server.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(server.get("/v2/models/houses/ready").body())
        .isEqualTo("{\"name\":\"houses\",\"ready\":true}");
    assertThat(server.get("/v2/models/houses").body())
        .isEqualTo(server.get("/v2/models/houses/versions/1").body())
        .isEqualTo(
            "{\"name\":\"houses\",\"versions\":[\"1\"],\"platform\":\"xgboost\","
                + "\"inputs\":[{\"name\":\"input-0\",\"datatype\":\"FP32\",\"shape\":[-1,8]}],"
                + "\"outputs\":[{\"name\":\"predict\",\"datatype\":\"FP32\",\"shape\":[-1]}]}");
    assertThat(server.get("/v2/models/labels").body())
        .contains("{\"name\":\"predict\",\"datatype\":\"BYTES\",\"shape\":[-1]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"houses", "classes"})
  void infersWhatInvocationsAnswer(String model) throws Exception {
    JsonNode inputs =
        Zoo.answers(model.equals("houses") ? "xgb-3.0.5/feature-names" : "xgb-3.2.0/multi-softprob")
            .get("inputs");
    int width = inputs.get(0).size();
    String body =
        "{\"id\":\"a \\\"b\",\"parameters\":{\"other\":[1]},\"inputs\":[{\"data\":"
            + inputs
            + ",\"datatype\":\"FP32\",\"name\":\"x\",\"shape\":["
            + inputs.size()
            + ","
            + width
            + "]}]}";
    JsonNode answer = json(server.post("/v2/models/" + model + "/infer", "", body));
    assertThat(answer.get("id").asText()).isEqualTo("a \"b");
    assertThat(answer.get("model_name").asText()).isEqualTo(model);
    assertThat(answer.get("model_version").asText()).isEqualTo("1");
    JsonNode output = answer.get("outputs").get(0);
    JsonNode expected =
        MAPPER
            .readTree(
                server
                    .post("/v1/models/" + model + ":predict", "", "{\"instances\":" + inputs + "}")
                    .body())
            .get("predictions");
    assertThat(output.get("shape").get(0).asInt()).isEqualTo(inputs.size());
    assertThat(output.get("data")).isEqualTo(flat(expected));
  }

  @Test
  void everyFormOfATensorIsTheSameRow() throws Exception {
    String expected =
        server.invoke("text/csv", csv(), "x-amzn-sagemaker-target-model", "houses").body();
    String nested = "[[0.5,1,2,3,4,5,6,7]]";
    for (String datatype : List.of("FP32", "FP64", "FP16")) {
      assertThat(score(tensor("x", datatype, "[1,8]", nested))).isEqualTo(expected);
      assertThat(score(tensor("x", datatype, "[1,8]", nested.substring(1, nested.length() - 1))))
          .isEqualTo(expected);
      assertThat(score(tensor("x", datatype, "[8]", nested.substring(1, nested.length() - 1))))
          .isEqualTo(expected);
    }
    List<String> named = new ArrayList<>();
    for (int i = 7; i >= 0; i--) {
      String datatype = i == 0 ? "FP32" : i == 1 ? "UINT8" : i == 2 ? "INT64" : "BYTES";
      String data = i > 2 ? "[\"" + (int) ROW[i] + "\"]" : i == 0 ? "[[0.5]]" : "[" + i + "]";
      named.add(tensor(NAMES.get(i), datatype, i == 0 ? "[1,1]" : "[1]", data));
    }
    assertThat(score(String.join(",", named))).isEqualTo(expected);
    String whole = "[0,1,2,3,4,5,6,7]";
    String zero = score(tensor("x", "FP32", "[1,8]", whole));
    for (String datatype :
        List.of("INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64")) {
      assertThat(score(tensor("x", datatype, "[1,8]", whole))).isEqualTo(zero);
    }
    assertThat(score(tensor("x", "FP32", "[1,8]", "[null,NaN,2,3,4,5,6,7]")))
        .isEqualTo(
            server
                .invoke("text/csv", ",,2,3,4,5,6,7", "x-amzn-sagemaker-target-model", "houses")
                .body());
  }

  @Test
  void rawTensorsGoBothWays() throws Exception {
    String expected = score(tensor("x", "FP32", "[1,8]", Arrays.toString(ROW)));
    for (String datatype : List.of("FP32", "FP64", "FP16", "BF16")) {
      byte[] raw = raw(datatype);
      String json =
          "{\"id\":\"7\",\"inputs\":[{\"name\":\"x\",\"datatype\":\""
              + datatype
              + "\",\"shape\":[1,8],\"parameters\":{\"binary_data_size\":"
              + raw.length
              + "}}],\"parameters\":{\"binary_data_output\":true}}";
      HttpResponse<byte[]> answer = infer("houses", json, raw);
      assertThat(answer.headers().firstValue("content-type")).contains("application/octet-stream");
      int jsonBytes =
          Integer.parseInt(
              answer.headers().firstValue("inference-header-content-length").orElseThrow());
      JsonNode header = MAPPER.readTree(new String(answer.body(), 0, jsonBytes, UTF_8));
      assertThat(header.get("id").asText()).isEqualTo("7");
      assertThat(header.get("outputs").get(0).get("parameters").get("binary_data_size").asInt())
          .isEqualTo(4);
      assertThat(ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN).getFloat(jsonBytes))
          .isEqualTo(Float.parseFloat(expected));
    }
  }

  @Test
  void labelsAreStrings() throws Exception {
    String inputs = tensor("x", "FP32", "[2,8]", "[[0,1,2,3,4,5,6,7],[1,1,1,1,1,1,1,1]]");
    JsonNode output =
        json(server.post("/v2/models/labels/infer", "", "{\"inputs\":[" + inputs + "]}"))
            .get("outputs")
            .get(0);
    assertThat(output.get("datatype").asText()).isEqualTo("BYTES");
    String label = output.get("data").get(0).asText();
    assertThat(label).isIn("no", "yes");
    HttpResponse<byte[]> raw =
        infer(
            "labels",
            "{\"inputs\":["
                + inputs
                + "],\"outputs\":[{\"name\":\"predict\",\"parameters\":{\"binary_data\":true}}]}",
            new byte[0]);
    int at = Integer.parseInt(raw.headers().firstValue("inference-header-content-length").get());
    ByteBuffer bytes = ByteBuffer.wrap(raw.body()).order(ByteOrder.LITTLE_ENDIAN).position(at);
    byte[] first = new byte[bytes.getInt()];
    bytes.get(first);
    assertThat(new String(first, UTF_8)).isEqualTo(label);
  }

  @Test
  void otherOutputsComeOnRequest() throws Exception {
    JsonNode inputs = Zoo.answers("xgb-3.2.0/multi-softprob").get("inputs");
    JsonNode case0 = Zoo.answers("xgb-3.2.0/multi-softprob");
    int width = inputs.get(0).size();
    JsonNode outputs =
        json(server.post(
                "/v2/models/classes/infer",
                "",
                "{\"inputs\":["
                    + tensor(
                        "x", "FP32", "[" + inputs.size() + "," + width + "]", inputs.toString())
                    + "],\"outputs\":[{\"name\":\"contributions\"},{\"name\":\"margin\"}]}"))
            .get("outputs");
    assertThat(outputs.get(0).get("shape").toString())
        .isEqualTo("[" + inputs.size() + ",4," + (width + 1) + "]");
    assertThat(outputs.get(1).get("name").asText()).isEqualTo("margin");
    assertThat((float) outputs.get(1).get("data").get(0).asDouble())
        .isEqualTo((float) case0.get("margin").get(0).get(0).asDouble());
    double sum = 0;
    for (int i = 0; i <= width; i++) {
      sum += outputs.get(0).get("data").get(i).asDouble();
    }
    assertThat(sum)
        .isCloseTo(
            outputs.get(1).get("data").get(0).asDouble(),
            org.assertj.core.data.Offset.offset(1e-4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`inputs`:[]}                    | 400 | the request has no inputs",
        "[]                               | 400 | not valid JSON at byte 1: an object is expected",
        "{`inputs`:[{`name`:`x`,`datatype`:`FP31`,`shape`:[1,8],`data`:[]}]} | 400 | input 'x': 'FP31' is no datatype of the protocol",
        "{`inputs`:[{`name`:`x`,`datatype`:`FP32`,`shape`:[1,7],`data`:[]}]} | 400 | input 'x': its shape is [1, 7], the model takes [rows, 8]",
        "{`inputs`:[{`name`:`x`,`datatype`:`FP32`,`shape`:[1,8],`data`:[1,2]}]} | 400 | input 'x': \"data\" is not nested as its shape says, or has too few elements",
        "{`inputs`:[{`name`:`x`,`datatype`:`FP32`,`shape`:[1,8],`data`:[1,2,3,4,5,6,7,8,9]}]} | 400 | input 'x': \"data\" has more elements than its shape",
        "{`inputs`:[{`name`:`x`,`datatype`:`INT8`,`shape`:[1,8],`data`:[1,2,300,4,5,6,7,8]}]} | 400 | row 1, column 'indus': \"300\" is no INT8",
        "{`inputs`:[{`name`:`x`,`datatype`:`FP32`,`shape`:[1,8],`data`:[1,2,`3`,4,5,6,7,8]}]} | 400 | row 1, column 'indus': \"3\" is no FP32",
        "{`inputs`:[{`name`:`x`,`datatype`:`FP32`,`shape`:[0,8],`data`:[]}]} | 400 | the body holds no row",
        "{`inputs`:[{`name`:`x`,`datatype`:`FP32`,`shape`:[1,8]}]} | 400 | input 'x': has neither \"data\" nor binary_data_size",
        "{`inputs`:[{`name`:`rm`,`datatype`:`FP32`,`shape`:[1],`data`:[1]}]} | 400 | no input is called 'crim', a feature of the model; there are [rm]",
      })
  void refusesWithTheProtocolsError(String body, int status, String message) throws Exception {
    HttpResponse<String> answer =
        server.post("/v2/models/houses/infer", "", body.replace('`', '"'));
    assertThat(json(answer).get("error").asText()).isEqualTo(message);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void refusesWhatIsNotThere() throws Exception {
    assertThat(server.get("/v2/models/none").statusCode()).isEqualTo(404);
    assertThat(json(server.get("/v2/models/none")).get("error").asText()).contains("houses");
    assertThat(server.get("/v2/models/houses/versions/2").statusCode()).isEqualTo(404);
    assertThat(server.get("/v2/nowhere").statusCode()).isEqualTo(404);
    HttpResponse<String> get = server.get("/v2/models/houses/infer");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("allow")).contains("POST");
    String wanted =
        "{\"inputs\":["
            + tensor("x", "FP32", "[1,8]", Arrays.toString(ROW))
            + "],\"outputs\":[{\"name\":\"nothing\"}]}";
    assertThat(server.post("/v2/models/houses/infer", "", wanted).body())
        .contains("predict, margin, contributions");
    assertThat(
            server
                .bytes(
                    "/v2/models/houses/infer",
                    "{}".getBytes(UTF_8),
                    "inference-header-content-length",
                    "3")
                .statusCode())
        .isEqualTo(400);
    assertThat(infer("houses", "{\"inputs\":[]}", new byte[3]).statusCode()).isEqualTo(400);
  }

  private HttpResponse<byte[]> infer(String model, String json, byte[] raw) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(UTF_8));
    int jsonBytes = body.size();
    body.writeBytes(raw);
    return server.bytes(
        "/v2/models/" + model + "/infer",
        body.toByteArray(),
        "inference-header-content-length",
        Integer.toString(jsonBytes),
        "content-type",
        "application/octet-stream");
  }

  private String score(String inputs) throws Exception {
    HttpResponse<String> answer =
        server.post(
            "/v2/models/houses/versions/1/infer",
            "application/json",
            "{\"inputs\":[" + inputs + "]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).get("outputs").get(0).get("data").get(0).asText();
  }
}

package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.MAPPER;
import static dev.berth.modelserver.ServerFixture.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.modelserver.zoo.Zoo;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data and admin ports, over real HTTP. */
class ModelServiceTest {
  private static final String HOUSES = "xgb-3.0.5/feature-names";
  private static final String ROW = "0.5,1,2,3,4,5,6,7";
  private static final String OBJECT =
      "{\"crim\":0.5,\"zn\":1,\"indus\":2,\"chas\":3,\"nox\":4,\"rm\":5,\"age\":6,\"dis\":7}";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xgb-3.2.0/squarederror/model.ubj", "xgb-0.90/binary-logistic/model.bin",
            "xgb-1.7.6/multi-softmax/model.json",
        "xgb-3.2.0/multi-softprob/model.json", "xgb-3.0.5/categorical-partition/model.ubj",
            "xgb-2.1.4/gblinear/model.json",
        "xgb-3.0.5/multi-target-vector-leaf/model.json"
      })
  void answersWhatXgboostAnswers(String entry) throws Exception {
    String zoo = entry.substring(0, entry.lastIndexOf('/'));
    try (ServerFixture server =
        new ServerFixture(directory, List.of(model("m", Zoo.file(entry, directory))))) {
      server.service().load();
      List<List<Float>> expected = new ArrayList<>();
      Zoo.answers(zoo).get("prediction").forEach(row -> expected.add(floats(row)));
      List<List<Float>> csv =
          server
              .invoke("text/csv", Zoo.csv(zoo))
              .body()
              .lines()
              .map(line -> Arrays.stream(line.split(",")).map(Float::valueOf).toList())
              .toList();
      assertThat(csv).hasSameSizeAs(expected);
      for (int i = 0; i < csv.size(); i++) {
        close(csv.get(i), expected.get(i));
      }
      String instances = "{\"instances\":" + Zoo.answers(zoo).get("inputs") + "}";
      JsonNode json =
          MAPPER.readTree(server.invoke("application/json", instances).body()).get("predictions");
      JsonNode v1 =
          MAPPER
              .readTree(server.post("/v1/models/m:predict", "", instances).body())
              .get("predictions");
      for (int i = 0; i < expected.size(); i++) {
        assertThat(floats(json.get(i).get("score")))
            .isEqualTo(csv.get(i))
            .isEqualTo(floats(v1.get(i)));
      }
    }
  }

  @Test
  void everyFormOfARowIsTheSameRow() throws Exception {
    try (ServerFixture server = houses()) {
      String score = server.invoke("text/csv", ROW).body();
      String header = "dis,age,rm,nox,chas,indus,zn,crim\r\n7,6,5,4,3,2,1,0.5\r\n";
      assertThat(server.invoke("text/csv; charset=utf-8", header).body()).isEqualTo(score);
      String libsvm = "1 0:0.5 1:1 2:2 3:3 4:4 5:5 6:6 7:7\n";
      String json = "{\"predictions\":[{\"score\":" + score + "}]}";
      assertThat(server.invoke("text/libsvm", libsvm).body()).isEqualTo(json);
      for (String body :
          List.of(
              "[" + ROW + "]",
              "[[" + ROW + "]]",
              OBJECT,
              "[" + OBJECT + "]",
              "{\"instances\":[" + OBJECT + "]}",
              "{\"features\":[" + ROW + "]}")) {
        assertThat(server.invoke("application/json", body).body()).isEqualTo(json);
      }
      String lines =
          server
              .invoke(
                  "application/jsonlines",
                  OBJECT + "\n[" + ROW + "]\n",
                  "accept",
                  "application/jsonlines")
              .body();
      assertThat(lines).isEqualTo(("{\"score\":" + score + "}\n").repeat(2));
      assertThat(
              server
                  .post(
                      "/v1/models/-:predict", "application/json", "{\"instances\":[[" + ROW + "]]}")
                  .body())
          .isEqualTo("{\"predictions\":[" + score + "]}");
      assertThat(server.get("/v1/models").body()).isEqualTo("{\"models\":[\"houses\"]}");
      assertThat(server.get("/v1/models/houses").body())
          .isEqualTo("{\"name\":\"houses\",\"ready\":true}");
      assertThat(server.get("/execution-parameters").body())
          .contains("\"BatchStrategy\":\"MULTI_RECORD\",\"MaxPayloadInMB\":1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv         | 1,2,3,4,5,6,7,8;1,2,3,4,5,6,7,8;1,2,3,4,5,six,7,8 | 400 | row 3, column 'rm': \"six\" is not a number",
        "text/csv         | 1,2                                               | 400 | row 1: 2 values where the model has 8 features",
        "text/csv         | ''                                                | 400 | the body is empty",
        "text/csv         | crim,zn,indus,chas,nox,rm,age,dis                 | 400 | the body holds no row",
        "application/json | {\"crim\":1}                                      | 400 | row 1, column 'zn': is not given; give null where its value is missing",
        "text/plain       | hello                                             | 415 | text/plain is for models with a Text feature, and this one has none; use one of text/csv, text/libsvm, application/json, application/jsonlines, application/x-recordio-protobuf",
        "image/png        | x                                                 | 415 | Content-Type 'image/png' is not read here; use one of text/csv, text/libsvm, application/json, application/jsonlines, application/x-recordio-protobuf",
      })
  void refusesWithWords(String contentType, String body, int status, String message)
      throws Exception {
    try (ServerFixture server = houses()) {
      HttpResponse<String> response = server.invoke(contentType, body.replace(';', '\n'));
      assertThat(response.statusCode()).isEqualTo(status);
      JsonNode error = MAPPER.readTree(response.body());
      assertThat(error.get("message").asText()).isEqualTo(message);
      assertThat(error.get("code").asText()).isNotEmpty();
      assertThat(error.get("requestId").asText()).isNotEmpty();
    }
  }

  @Test
  void refusesWhatIsNotThere() throws Exception {
    try (ServerFixture server = houses()) {
      assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
      assertThat(server.get("/v1/models/other").statusCode()).isEqualTo(404);
      HttpResponse<String> get = server.get("/invocations");
      assertThat(get.statusCode()).isEqualTo(405);
      assertThat(get.headers().firstValue("allow")).contains("POST");
      assertThat(server.invoke("text/csv", ROW, "accept", "image/png").statusCode()).isEqualTo(406);
      assertThat(server.invoke("text/csv", ROW, "content-encoding", "br").statusCode())
          .isEqualTo(415);
      assertThat(server.invoke("text/csv", "1".repeat(2 << 20)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void largeRequestsAreAnsweredWhole() throws Exception {
    try (ServerFixture server = houses()) {
      String body = (ROW + "\n").repeat(20_000);
      HttpResponse<String> response = server.invoke("text/csv", body);
      assertThat(response.body().lines())
          .hasSize(20_000)
          .containsOnly(server.invoke("text/csv", ROW).body());
      assertThat(server.admin("/metrics").body())
          .contains("berth_server_requests_total{code=\"200\",model=\"houses\"} 2.0")
          .contains("berth_server_rows_total{model=\"houses\"} 20001.0")
          .contains("berth_server_predict_duration_seconds_count{model=\"houses\"} 2")
          .contains("berth_server_invocations_per_minute 2.0")
          .contains("berth_server_in_flight 0.0")
          .contains("berth_server_models_loaded 1.0")
          .contains("berth_server_model_load_seconds{model=\"houses\"}");
    }
  }

  @Test
  void categoriesAndLabelsGoByName() throws Exception {
    Path file = Zoo.file("xgb-3.0.5/binary-logistic/model.json", directory);
    List<Map<String, Object>> features = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      features.add(Map.of("name", "n" + i, "type", "Numeric", "required", i == 0));
    }
    features.set(
        1,
        Map.of(
            "name",
            "colour",
            "type",
            "Categorical",
            "categories",
            List.of("red", "blue"),
            "required",
            false));
    Map<String, Object> labels = Map.of("labels", List.of("no", "yes"), "select", "Label");
    try (ServerFixture server =
        new ServerFixture(
            directory,
            List.of(
                model("label", file, "features", features, "output", labels),
                model("number", file, "output", Map.of("select", "Label")),
                model(
                    "sure",
                    file,
                    "output",
                    Map.of("select", "Label", "threshold", 1.0, "labels", List.of("no", "yes"))),
                model("both", file, "output", Map.of("select", "Probabilities")),
                model("margin", file, "output", Map.of("select", "Margin")),
                model("plain", file)))) {
      server.service().load();
      String numbers = "0.5,1,,,,,,";
      float p = Float.parseFloat(ask(server, "plain", "text/csv", numbers));
      String expected = p >= 0.5 ? "yes" : "no";
      assertThat(ask(server, "label", "text/csv", "0.5,blue,,,,,,")).isEqualTo(expected);
      assertThat(ask(server, "label", "application/json", "{\"n0\":0.5,\"colour\":\"blue\"}"))
          .isEqualTo("{\"predictions\":[{\"score\":\"" + expected + "\"}]}");
      assertThat(ask(server, "label", "text/csv", "0.5,green,,,,,,")).isIn("yes", "no");
      assertThat(ask(server, "number", "text/csv", numbers)).isEqualTo(p >= 0.5 ? "1" : "0");
      assertThat(ask(server, "sure", "text/csv", numbers)).isEqualTo("no");
      assertThat(ask(server, "both", "text/csv", numbers)).isEqualTo((1 - p) + "," + p);
      float margin = Float.parseFloat(ask(server, "margin", "text/csv", numbers));
      assertThat(1 / (1 + Math.exp(-margin)))
          .isCloseTo(p, org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  private ServerFixture houses() throws Exception {
    ServerFixture server =
        new ServerFixture(
            directory, List.of(model("houses", Zoo.file(HOUSES + "/model.ubj", directory))));
    server.service().load();
    return server;
  }

  private static String ask(ServerFixture server, String model, String contentType, String body)
      throws Exception {
    return server.invoke(contentType, body, "x-amzn-sagemaker-target-model", model).body();
  }

  private static void close(List<Float> actual, List<Float> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i))
          .isCloseTo(
              expected.get(i), org.assertj.core.data.Offset.offset(4 * Math.ulp(expected.get(i))));
    }
  }

  private static List<Float> floats(JsonNode value) {
    List<Float> floats = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(v -> floats.add((float) v.asDouble()));
    } else {
      floats.add((float) value.asDouble());
    }
    return floats;
  }
}

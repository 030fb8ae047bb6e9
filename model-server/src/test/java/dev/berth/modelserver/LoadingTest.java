package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.MAPPER;
import static dev.berth.modelserver.ServerFixture.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.modelserver.failure.FailureReason;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.zoo.Zoo;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes a server ready, and what keeps it from becoming so. */
class LoadingTest {
  private static final String HOUSES = "xgb-3.0.5/feature-names";
  private static final String ROW = "0.5,1,2,3,4,5,6,7";
  private static final String OBJECT =
      "{\"crim\":0.5,\"zn\":1,\"indus\":2,\"chas\":3,\"nox\":4,\"rm\":5,\"age\":6,\"dis\":7}";

  @TempDir Path directory;

  @Test
  void isReadyOnlyOnceEverythingIsLoaded() throws Exception {
    Path file = Zoo.file(HOUSES + "/model.ubj", directory);
    try (ServerFixture server =
        new ServerFixture(directory, List.of(model("a", file), model("b", file)))) {
      assertThat(server.get("/ping").statusCode()).isEqualTo(503);
      assertThat(server.admin("/live").statusCode()).isEqualTo(200);
      HttpResponse<String> early = server.invoke("text/csv", ROW);
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.headers().firstValue("retry-after")).contains("1");
      assertThat(server.admin("/models").body())
          .isEqualTo(
              "{\"models\":[{\"name\":\"a\",\"state\":\"Loading\"},{\"name\":\"b\",\"state\":\"Loading\"}]}");
      server.service().load();
      assertThat(server.get("/ping").statusCode()).isEqualTo(200);
      JsonNode shown = MAPPER.readTree(server.admin("/models").body()).get("models").get(1);
      assertThat(shown.get("state").asText()).isEqualTo("Ready");
      assertThat(shown.get("format").asText()).isEqualTo("ubjson");
      assertThat(shown.get("xgboostVersion").asText()).isEqualTo("3.0.5");
      assertThat(shown.get("numFeatures").asInt()).isEqualTo(8);
      assertThat(shown.get("sizeBytes").asLong()).isEqualTo(Files.size(file));
      assertThat(shown.get("sha256").asText()).hasSize(64);
      assertThat(server.invoke("text/csv", ROW).statusCode()).isEqualTo(400);
      assertThat(server.invoke("text/csv", ROW, "x-amzn-sagemaker-target-model", "b").statusCode())
          .isEqualTo(200);
      assertThat(server.invoke("text/csv", ROW, "x-amzn-sagemaker-target-model", "c").statusCode())
          .isEqualTo(404);
      assertThat(
              server
                  .post(
                      "/v1/models/-:predict",
                      "application/json",
                      "{\"instances\":[" + OBJECT + "]}")
                  .statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void answersOnceItIsLoadedAndAsksForTrafficOnceItIsWarm() throws Exception {
    Path file = Zoo.file(HOUSES + "/model.ubj", directory);
    try (ServerFixture server = new ServerFixture(directory, List.of(model("a", file)))) {
      server.service().loadModels();
      assertThat(server.invoke("text/csv", ROW).statusCode()).isEqualTo(200);
      assertThat(server.get("/ping").statusCode()).isEqualTo(503);
      assertThat(server.get("/v2/health/ready").statusCode()).isNotEqualTo(200);
      assertThat(server.admin("/models").body()).contains("\"Loading\"");
      server.service().warmUp();
      assertThat(MAPPER.readTree(server.admin("/models").body()).at("/models/0/sha256").asText())
          .isEqualTo(sha256(file));
      assertThat(server.get("/ping").statusCode()).isEqualTo(200);
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void goldenRecordsGateReadiness() throws Exception {
    Path file = Zoo.file(HOUSES + "/model.ubj", directory);
    String score;
    try (ServerFixture server = new ServerFixture(directory, List.of(model("m", file)))) {
      server.service().load();
      score = server.invoke("text/csv", ROW).body();
    }
    Map<String, Object> right = golden("text/csv", ROW, score);
    Map<String, Object> near =
        new HashMap<>(
            golden(
                "application/json",
                OBJECT,
                "{\"predictions\":[{\"score\":" + (Float.parseFloat(score) + 0.0005f) + "}]}"));
    near.put("tolerance", 0.001);
    try (ServerFixture server =
        new ServerFixture(
            directory, List.of(model("m", file, "goldenRecords", List.of(right, near))))) {
      server.service().load();
      assertThat(server.get("/ping").statusCode()).isEqualTo(200);
    }
    near.put("tolerance", 0.0001);
    fails(
        model("m", file, "goldenRecords", List.of(right, near)),
        FailureReason.GoldenRecordFailed,
        "goldenRecords[1] of model 'm': expected",
        score,
        "farther than 1.0E-4");
    fails(
        model("m", file, "goldenRecords", List.of(golden("text/csv", ROW, "24.9"))),
        FailureReason.GoldenRecordFailed,
        "expected 24.9, the answer is " + score);
    fails(
        model("m", file, "goldenRecords", List.of(golden("text/csv", "1,2", "24.9"))),
        FailureReason.GoldenRecordFailed,
        "goldenRecords[0] of model 'm' was refused: row 1: 2 values");
  }

  @Test
  void whatDoesNotFitTheFileIsRefused() throws Exception {
    Path file = Zoo.file(HOUSES + "/model.ubj", directory);
    fails(
        model("m", file, "features", List.of(Map.of("name", "crim"))),
        FailureReason.InvalidConfiguration,
        "features lists 1, but the model's file has 8");
    List<Map<String, Object>> features = new ArrayList<>();
    for (String name : List.of("crim", "zn", "indus", "nox", "chas", "rm", "age", "dis")) {
      features.add(Map.of("name", name));
    }
    fails(
        model("m", file, "features", features),
        FailureReason.InvalidConfiguration,
        "features[3] is 'nox', but the model's file calls it 'chas'");
    fails(
        model("m", file, "output", Map.of("select", "Probabilities")),
        FailureReason.InvalidConfiguration,
        "reg:squarederror has none");
    fails(
        model("m", file, "output", Map.of("select", "Label")),
        FailureReason.InvalidConfiguration,
        "set output.threshold");
    fails(
        model("m", file, "output", Map.of("labels", List.of("a", "b", "c"))),
        FailureReason.InvalidConfiguration,
        "3 names, but the model has 2 classes");
    Path damaged =
        Files.write(directory.resolve("damaged"), Arrays.copyOf(Files.readAllBytes(file), 5000));
    fails(
        model("m", damaged),
        FailureReason.InvalidModel,
        "the artifact is no model that can be served");
  }

  private void fails(Map<String, Object> model, FailureReason reason, String... words)
      throws Exception {
    try (ServerFixture server = new ServerFixture(directory, List.of(model))) {
      assertThatThrownBy(() -> server.service().load())
          .isInstanceOfSatisfying(
              LoadFailure.class,
              e -> {
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.model()).isEqualTo("m");
              })
          .hasMessageContainingAll(words);
      assertThat(server.get("/ping").statusCode()).isEqualTo(503);
    }
  }

  private static Map<String, Object> golden(String contentType, String body, String expect) {
    return Map.of("contentType", contentType, "body", body, "expect", expect);
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}

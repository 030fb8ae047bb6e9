package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.model;
import static dev.berth.modelserver.Tensors.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.modelserver.zoo.Zoo;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Open Inference Protocol says of a server whose models are on their way. */
class OpenInferenceLoadingTest {
  @TempDir Path directory;

  @Test
  void saysThatItLoads() throws Exception {
    try (ServerFixture loading =
        new ServerFixture(
            directory,
            List.of(model("m", Zoo.file("xgb-3.0.5/feature-names/model.ubj", directory))))) {
      assertThat(loading.get("/v2/health/live").statusCode()).isEqualTo(200);
      assertThat(loading.get("/v2/health/ready").statusCode()).isEqualTo(503);
      assertThat(loading.get("/v2/models/m/ready").statusCode()).isEqualTo(503);
      HttpResponse<String> refused = loading.post("/v2/models/m/infer", "", "{}");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(json(refused).get("error").asText()).contains("loading");
    }
  }
}

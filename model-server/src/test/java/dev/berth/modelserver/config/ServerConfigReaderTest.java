package dev.berth.modelserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.modelserver.config.ModelConfig.Select;
import dev.berth.modelserver.failure.FailureReason;
import dev.berth.modelserver.failure.LoadFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigReaderTest {
  @TempDir Path directory;

  @Test
  void readsWhatTheShellsWrite() throws Exception {
    ServerConfig config =
        read(
            """
            {"models":[{"name":"boston-v1",
              "artifact":{"uri":"file:///m","sha256":"%s","format":"XGBoost","credentials":"/etc/berth/credentials"},
              "features":[{"name":"crim"},{"name":"side","type":"Categorical","categories":["n","s"],"required":false}],
              "output":{"labels":["no","yes"],"threshold":0.3,"select":"Label"},
              "goldenRecords":[{"contentType":"text/csv","body":"1,n","expect":"no"},
                               {"contentType":"text/csv","body":"1,n","expect":"1","tolerance":0.5}]},
             {"name":"b","artifact":{"uri":"s3://b/k"},"features":null,"output":null,"goldenRecords":null}]}
            """
                .formatted("A".repeat(64)));
    ModelConfig first = config.models().getFirst();
    assertThat(first.artifact().credentials()).contains("/etc/berth/credentials");
    assertThat(first.features().get(0).required()).isTrue();
    assertThat(first.features().get(1).categories()).containsExactly("n", "s");
    assertThat(first.output().threshold()).contains(0.3);
    assertThat(first.goldenRecords().get(1).tolerance()).contains(0.5);
    ModelConfig second = config.models().get(1);
    assertThat(second.output().select()).isEqualTo(Select.Prediction);
    assertThat(second.artifact().sha256()).isEmpty();
    assertThat(second.features()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"models\":[]} | models: at least one is needed",
        "{ | Unexpected end-of-input",
        "{\"models\":[{\"artifact\":{\"uri\":\"s3://a/b\"}}]} | models[0].name is missing",
        "{\"models\":[{\"name\":\"a\"}]} | models[0].artifact.uri is missing",
        "{\"models\":[{\"name\":\"a\",\"artifact\":{\"uri\":\"s3://a/b\",\"sha256\":\"12\"}}]} | models[0].artifact.sha256 is not 64 hexadecimal digits",
        "{\"models\":[{\"name\":\"a\",\"artifact\":{\"url\":\"s3://a/b\"}}]} | models[0].artifact.url: Unrecognized field",
        "{\"models\":[{\"name\":\"a\",\"artifact\":{\"uri\":\"s3://a/b\"},\"features\":[{\"name\":\"t\",\"type\":\"Text\"}]}]} | models[0].features[0]: a Text feature needs a vectoriser",
        "{\"models\":[{\"name\":\"a\",\"artifact\":{\"uri\":\"s3://a/b\"},\"goldenRecords\":[{\"body\":\"1\"}]}]} | models[0].goldenRecords[0] needs contentType",
      })
  void complainsAboutThePlace(String json, String words) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            LoadFailure.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.InvalidConfiguration))
        .hasMessageContaining(words);
  }

  private ServerConfig read(String json) throws Exception {
    return ServerConfigReader.read(Files.writeString(directory.resolve("model.json"), json));
  }
}

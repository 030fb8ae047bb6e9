package dev.berth.serving.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireErrorTest {
  @Test
  void isJsonWhateverTheMessageHolds() throws Exception {
    String message = "row 3, column 'rm': \"six\" \\ is\nnot \u0001 a number: é€";
    JsonNode json =
        new ObjectMapper().readTree(new WireError(ErrorCode.VALIDATION, message, "id-1").json());
    assertThat(json.get("message").asText()).isEqualTo(message);
    assertThat(json.get("code").asText()).isEqualTo("ValidationError");
    assertThat(json.get("requestId").asText()).isEqualTo("id-1");
    assertThat(json.size()).isEqualTo(3);
  }

  @Test
  void tellsWhatTheModelSaid() throws Exception {
    var original = Optional.of(new WireError.Original(500, "boom"));
    JsonNode json =
        new ObjectMapper()
            .readTree(new WireError(ErrorCode.MODEL_ERROR, "failed", "id", original).json());
    assertThat(json.get("OriginalStatusCode").asInt()).isEqualTo(500);
    assertThat(json.get("OriginalMessage").asText()).isEqualTo("boom");
  }

  @Test
  void requestIdsAreUniqueUuids() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String id = RequestIds.next();
      assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(ids.add(id)).isTrue();
    }
  }
}

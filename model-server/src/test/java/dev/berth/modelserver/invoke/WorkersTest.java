package dev.berth.modelserver.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.modelserver.config.ServerConfig;
import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.modelserver.model.LoadedModels;
import dev.berth.serving.http.Answer;
import dev.berth.serving.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void aFullQueueIsRefusedUntilThereIsRoom() throws Exception {
    ServerMetrics metrics = new ServerMetrics(new LoadedModels(new ServerConfig(List.of())));
    try (Workers workers = new Workers(1, metrics)) {
      List<Answer.Later> waiting = new ArrayList<>();
      for (int i = 0; i < 101; i++) {
        waiting.add((Answer.Later) workers.later(() -> Answer.empty(200)));
      }
      assertThatThrownBy(() -> workers.later(() -> Answer.empty(200)))
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_READY));
      assertThat(page(metrics)).contains("berth_server_in_flight 101.0");
      waiting.getFirst().work().call();
      assertThat(page(metrics)).contains("berth_server_in_flight 100.0");
      assertThat(workers.later(() -> Answer.empty(200))).isInstanceOf(Answer.Later.class);
    }
  }

  private static String page(ServerMetrics metrics) {
    return new String(metrics.text(), StandardCharsets.UTF_8);
  }
}

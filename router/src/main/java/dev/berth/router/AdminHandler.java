package dev.berth.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.table.Switchboard;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Handler;
import dev.berth.serving.http.Request;
import dev.berth.serving.metrics.MetricsPage;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The router's own port: probes, metrics, and by which generations it routes. */
final class AdminHandler implements Handler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Entry(String endpoint, String namespace, long generation) {}

  private record Table(List<Entry> routes) {}

  private final Switchboard switchboard;
  private final RouterMetrics metrics;
  private final BooleanSupplier alive;
  private final BooleanSupplier stopping;

  /**
   * @param alive whether the table is still looked after
   */
  AdminHandler(
      Switchboard switchboard,
      RouterMetrics metrics,
      BooleanSupplier alive,
      BooleanSupplier stopping) {
    this.switchboard = switchboard;
    this.metrics = metrics;
    this.alive = alive;
    this.stopping = stopping;
  }

  @Override
  public Answer handle(Request request) {
    return switch (request.path()) {
      case "/live" -> live();
      case "/ready" -> ready();
      case "/metrics" -> MetricsPage.of(metrics.registry());
      case "/table" -> table();
      default -> error(ErrorCode.NOT_FOUND, "here are only /live, /ready, /metrics and /table");
    };
  }

  private Answer live() {
    return alive.getAsBoolean()
        ? text("live")
        : error(ErrorCode.UNAVAILABLE, "nothing has looked after the route table for a minute");
  }

  private Answer ready() {
    if (stopping.getAsBoolean()) {
      return error(ErrorCode.UNAVAILABLE, "stopping");
    }
    return switchboard.loaded()
        ? text("ready")
        : error(ErrorCode.UNAVAILABLE, "no route table yet");
  }

  private Answer table() {
    List<Entry> entries =
        switchboard.routes().all().stream()
            .map(r -> new Entry(r.endpoint(), r.namespace(), r.generation()))
            .toList();
    try {
      return Answer.of(200, "application/json", JSON.writeValueAsBytes(new Table(entries)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are always JSON", e);
    }
  }

  private static Answer text(String words) {
    return Answer.of(200, "text/plain", (words + "\n").getBytes(UTF_8));
  }

  private static Answer error(ErrorCode code, String words) {
    return Answer.error(new WireError(code, words, RequestIds.next()));
  }
}

package dev.berth.modelserver.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.engine.ModelDescription;
import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.modelserver.model.LoadedModels;
import dev.berth.modelserver.model.ModelFacts;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Handler;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers {@code /live}, {@code /metrics} and {@code /models}. */
public final class AdminPlane implements Handler {
  private static final byte[] LIVE = "live\n".getBytes(StandardCharsets.UTF_8);

  /** Made when somebody asks: it takes its time, and a start has none. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }

  private final LoadedModels models;
  private final ServerMetrics metrics;

  public AdminPlane(LoadedModels models, ServerMetrics metrics) {
    this.models = models;
    this.metrics = metrics;
  }

  @Override
  public Answer handle(Request request) {
    return switch (request.path()) {
      case "/live" -> Answer.of(200, "text/plain; charset=utf-8", LIVE);
      case "/metrics" -> Answer.of(200, PrometheusTextFormatWriter.CONTENT_TYPE, metrics.text());
      case "/models" -> Answer.of(200, "application/json", models());
      default ->
          Answer.error(
              new WireError(
                  ErrorCode.NOT_FOUND, "there are /live, /metrics and /models", RequestIds.next()));
    };
  }

  private byte[] models() {
    List<Map<String, Object>> list =
        models.names().stream().map(name -> shown(name, models.named(name))).toList();
    try {
      return Json.MAPPER.writeValueAsBytes(Map.of("models", list));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of plain values are always JSON", e);
    }
  }

  /** Who sees a model as ready sees all of it. */
  private static Map<String, Object> shown(String name, Optional<ServedModel> model) {
    return model
        .flatMap(loaded -> loaded.facts().sha256().map(sha256 -> shown(loaded, sha256)))
        .orElseGet(() -> loading(name));
  }

  private static Map<String, Object> loading(String name) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", name);
    shown.put("state", "Loading");
    return shown;
  }

  private static Map<String, Object> shown(ServedModel model, String sha256) {
    ModelDescription description = model.description();
    ModelFacts facts = model.facts();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", facts.name());
    shown.put("state", "Ready");
    shown.put("format", description.format());
    shown.put("xgboostVersion", description.version());
    shown.put("objective", description.objective());
    shown.put("numFeatures", description.numFeatures());
    shown.put("numTrees", description.numTrees());
    shown.put("sizeBytes", facts.sizeBytes());
    shown.put("sha256", sha256);
    return shown;
  }
}

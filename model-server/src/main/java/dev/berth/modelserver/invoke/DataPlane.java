package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.InputFormat;
import dev.berth.modelserver.media.OutputFormat;
import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.modelserver.model.LoadedModels;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Handler;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import dev.berth.serving.wire.WirePaths;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The data port's paths. */
public final class DataPlane implements Handler {
  private static final String V1_MODELS = "/v1/models";
  private static final String PREDICT = ":predict";
  private static final String JSON = "application/json";

  private final LoadedModels models;
  private final Predictions predictions;
  private final BooleanSupplier draining;
  private final byte[] executionParameters;

  /**
   * The port's handler.
   *
   * @param draining whether this process is on its way out: it answers, but wants no more
   */
  public DataPlane(
      LoadedModels models,
      ServerMetrics metrics,
      Workers workers,
      BooleanSupplier draining,
      long maxBodyBytes) {
    this.models = models;
    this.predictions = new Predictions(metrics, workers);
    this.draining = draining;
    this.executionParameters =
        utf8(
            "{\"MaxConcurrentTransforms\":"
                + Runtime.getRuntime().availableProcessors()
                + ",\"BatchStrategy\":\"MULTI_RECORD\",\"MaxPayloadInMB\":"
                + Math.max(1, maxBodyBytes >> 20)
                + "}");
  }

  @Override
  public Answer handle(Request request) {
    String path = request.path();
    try {
      return switch (path) {
        case WirePaths.INVOCATIONS -> allowed(request, "POST").orElseGet(() -> invocation(request));
        case WirePaths.PING -> allowed(request, "GET").orElseGet(this::ping);
        case "/execution-parameters" ->
            allowed(request, "GET").orElseGet(() -> Answer.of(200, JSON, executionParameters));
        case V1_MODELS -> allowed(request, "GET").orElseGet(this::list);
        default ->
            path.startsWith(V1_MODELS + "/")
                ? v1(request, path.substring(V1_MODELS.length() + 1))
                : error(
                    ErrorCode.NOT_FOUND,
                    "nothing is at " + path + "; predictions are at POST /invocations");
      };
    } catch (Refusal refusal) {
      return predictions.refused("", refusal);
    }
  }

  private Answer ping() {
    return models.ready() && !draining.getAsBoolean()
        ? Answer.of(200, JSON, utf8("{}"))
        : error(
            ErrorCode.UNAVAILABLE,
            draining.getAsBoolean() ? "this server is stopping" : "models are loading");
  }

  private Answer invocation(Request request) {
    ServedModel model = invoked(request.header(WireHeaders.TARGET_MODEL));
    refuseEncoded(request);
    Invocation invocation =
        Invocation.of(
            request.header(HttpHeaderNames.CONTENT_TYPE), request.header(HttpHeaderNames.ACCEPT));
    return predictions.answer(invocation, model, request);
  }

  /** The model that a request names, or the only one. */
  private ServedModel invoked(Optional<String> name) {
    requireReady();
    if (name.isPresent()) {
      return named(name.get());
    }
    return models
        .only()
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.VALIDATION,
                    "this server has several models; name one by the header "
                        + WireHeaders.TARGET_MODEL
                        + ": "
                        + String.join(", ", models.names())));
  }

  private Answer v1(Request request, String rest) {
    boolean predict = rest.endsWith(PREDICT);
    String method = predict ? "POST" : "GET";
    Optional<Answer> refused = allowed(request, method);
    if (refused.isPresent()) {
      return refused.get();
    }
    String encoded = predict ? rest.substring(0, rest.length() - PREDICT.length()) : rest;
    String name = decoded(encoded);
    if (!predict) {
      boolean known = models.names().contains(name);
      return known
          ? Answer.of(
              200,
              JSON,
              utf8(
                  "{\"name\":"
                      + quoted(name)
                      + ",\"ready\":"
                      + models.named(name).isPresent()
                      + "}"))
          : error(ErrorCode.NOT_FOUND, noModel(name));
    }
    requireReady();
    ServedModel model =
        name.equals(WirePaths.ONLY_MODEL)
            ? models.only().orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, noModel(name)))
            : named(name);
    refuseEncoded(request);
    refuseNotJson(request);
    return predictions.answer(
        new Invocation(InputFormat.JSON, OutputFormat.KSERVE_V1), model, request);
  }

  private Answer list() {
    return Answer.of(
        200,
        JSON,
        utf8(
            "{\"models\":["
                + String.join(",", models.names().stream().map(DataPlane::quoted).toList())
                + "]}"));
  }

  private void requireReady() {
    if (!models.ready()) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "models are loading: try again");
    }
  }

  private ServedModel named(String name) {
    return models.named(name).orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, noModel(name)));
  }

  private String noModel(String name) {
    return "no model is called '"
        + name
        + "' here; there are: "
        + String.join(", ", models.names());
  }

  private static void refuseEncoded(Request request) {
    Optional<String> encoding = request.header(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("identity")) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Encoding '" + encoding.get() + "' is not read here; send the body as it is");
    }
  }

  /** KServe's clients often leave the type out, or leave curl's own. */
  private static void refuseNotJson(Request request) {
    Optional<String> type =
        request.header(HttpHeaderNames.CONTENT_TYPE).map(t -> t.toLowerCase(Locale.ROOT));
    boolean form = type.isPresent() && type.get().startsWith("application/x-www-form-urlencoded");
    if (type.isPresent()
        && !form
        && InputFormat.of(type.get()).orElse(InputFormat.CSV) != InputFormat.JSON) {
      throw new Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the V1 protocol is application/json");
    }
    Optional<String> accept = request.header(HttpHeaderNames.ACCEPT);
    if (OutputFormat.negotiate(accept.orElse(null), OutputFormat.JSON).orElse(OutputFormat.CSV)
        != OutputFormat.JSON) {
      throw new Refusal(ErrorCode.NOT_ACCEPTABLE, "the V1 protocol answers in application/json");
    }
  }

  private static Optional<Answer> allowed(Request request, String method) {
    String asked = request.method();
    boolean head = method.equals("GET") && asked.equals("HEAD");
    return asked.equals(method) || head
        ? Optional.empty()
        : Optional.of(
            error(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    request.path() + " takes " + method + ", not " + asked)
                .withHeader(HttpHeaderNames.ALLOW, method));
  }

  private static Answer.Whole error(ErrorCode code, String message) {
    Answer.Whole answer = Answer.error(new WireError(code, message, RequestIds.next()));
    return code == ErrorCode.UNAVAILABLE
        ? answer.withHeader(HttpHeaderNames.RETRY_AFTER, "1")
        : answer;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "no model is called '" + name + "' here");
    }
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(text, json);
    return json.append('"').toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

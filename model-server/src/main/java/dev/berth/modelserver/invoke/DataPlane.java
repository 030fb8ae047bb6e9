package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.InputFormat;
import dev.berth.modelserver.media.OutputFormat;
import dev.berth.modelserver.memory.MemoryBounds;
import dev.berth.modelserver.metrics.ServerMetrics;
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
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The data port's paths. */
public final class DataPlane implements Handler {
  private static final String V1_MODELS = "/v1/models";
  private static final String PREDICT = ":predict";
  private static final String JSON = "application/json";

  private final ModelLookup lookup;
  private final Predictions predictions;
  private final OpenInference openInference;
  private final byte[] executionParameters;

  /** The port's handler, for bodies within these bounds. */
  public DataPlane(
      ModelLookup lookup, ServerMetrics metrics, Workers workers, MemoryBounds bounds) {
    this.lookup = lookup;
    this.predictions = new Predictions(metrics, workers, bounds.unpackedBytes());
    this.openInference = new OpenInference(lookup, predictions);
    this.executionParameters =
        utf8(
            "{\"MaxConcurrentTransforms\":"
                + Runtime.getRuntime().availableProcessors()
                + ",\"BatchStrategy\":\"MULTI_RECORD\",\"MaxPayloadInMB\":"
                + Math.max(1, bounds.bodyBytes() >> 20)
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
        default -> byProtocol(request, path);
      };
    } catch (Refusal refusal) {
      return predictions.refused("", refusal, Invocation.wire(refusal));
    }
  }

  /**
   * Looks at what would go to the workers only: in an overload, what is cheap is answered on, and
   * what is wrong learns what is wrong.
   */
  @Override
  public Optional<Answer.Whole> refusal(Request head, long bodyBytes) {
    int least = (int) Math.min(bodyBytes, Integer.MAX_VALUE);
    try {
      return asked(head).flatMap(asked -> predictions.refusal(asked, least));
    } catch (Refusal _) {
      return Optional.empty();
    }
  }

  /** The prediction that a request asks for; empty when it is for something else. */
  private Optional<Asked> asked(Request head) {
    String path = head.path();
    if (!head.method().equals("POST")) {
      return Optional.empty();
    }
    if (path.equals(WirePaths.INVOCATIONS)) {
      return Optional.of(invoked(head));
    }
    if (path.startsWith(V1_MODELS + "/") && path.endsWith(PREDICT)) {
      return Optional.of(v1Asked(head, v1Name(path.substring(V1_MODELS.length() + 1))));
    }
    return openInference.asked(head);
  }

  private Answer byProtocol(Request request, String path) {
    if (OpenInference.has(path)) {
      return openInference.answer(request);
    }
    if (path.startsWith(V1_MODELS + "/")) {
      return v1(request, path.substring(V1_MODELS.length() + 1));
    }
    return error(
        ErrorCode.NOT_FOUND, "nothing is at " + path + "; predictions are at POST /invocations");
  }

  private Answer ping() {
    return lookup.ready()
        ? Answer.of(200, JSON, utf8("{}"))
        : error(ErrorCode.UNAVAILABLE, lookup.unready());
  }

  private Answer invocation(Request request) {
    return predictions.answer(invoked(request), request);
  }

  private Asked invoked(Request request) {
    ServedModel model = lookup.invoked(request.header(WireHeaders.TARGET_MODEL));
    Invocation invocation =
        Invocation.of(
                request.header(HttpHeaderNames.CONTENT_TYPE),
                request.header(HttpHeaderNames.ACCEPT))
            .explainedIf(request.header(WireHeaders.ENABLE_EXPLANATIONS), model);
    return new Asked(invocation, model);
  }

  private Answer v1(Request request, String rest) {
    boolean predict = rest.endsWith(PREDICT);
    Optional<Answer> refused = allowed(request, predict ? "POST" : "GET");
    if (refused.isPresent()) {
      return refused.get();
    }
    String name = v1Name(rest);
    if (!predict) {
      boolean ready = lookup.ready(name, "");
      return Answer.of(200, JSON, utf8("{\"name\":" + quoted(name) + ",\"ready\":" + ready + "}"));
    }
    return predictions.answer(v1Asked(request, name), request);
  }

  private Asked v1Asked(Request request, String name) {
    ServedModel model = lookup.named(name, "");
    refuseNotJson(request);
    return new Asked(new Invocation(InputFormat.JSON, OutputFormat.KSERVE_V1, false), model);
  }

  private static String v1Name(String rest) {
    return ModelPath.decoded(
        rest.endsWith(PREDICT) ? rest.substring(0, rest.length() - PREDICT.length()) : rest);
  }

  private Answer list() {
    return Answer.of(
        200,
        JSON,
        utf8(
            "{\"models\":["
                + String.join(",", lookup.names().stream().map(DataPlane::quoted).toList())
                + "]}"));
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

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(text, json);
    return json.append('"').toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

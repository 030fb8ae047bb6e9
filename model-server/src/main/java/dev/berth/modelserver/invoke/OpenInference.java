package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.MediaTypes;
import dev.berth.serving.wire.ServerIdentity;
import dev.berth.serving.wire.WirePaths;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The paths of the Open Inference Protocol, version 2. */
final class OpenInference {
  static final String ROOT = WirePaths.V2;

  private static final String MODELS = WirePaths.V2_MODELS;
  private static final String VERSIONS = "/versions/";
  private static final String INFER = "/infer";
  private static final String READY = "/ready";
  private static final String JSON = "application/json";

  /** {@code {name}[/versions/{version}][/ready|/infer]}. */
  private record Place(String name, String version, String verb) {
    static Place of(String rest) {
      String verb = rest.endsWith(INFER) ? INFER : rest.endsWith(READY) ? READY : "";
      String place = rest.substring(0, rest.length() - verb.length());
      int versions = place.indexOf(VERSIONS);
      return new Place(
          ModelPath.decoded(versions < 0 ? place : place.substring(0, versions)),
          versions < 0 ? "" : ModelPath.decoded(place.substring(versions + VERSIONS.length())),
          verb);
    }
  }

  private final ModelLookup lookup;
  private final Predictions predictions;

  OpenInference(ModelLookup lookup, Predictions predictions) {
    this.lookup = lookup;
    this.predictions = predictions;
  }

  /** Whether the path is one of the protocol's. */
  static boolean has(String path) {
    return path.startsWith(ROOT) && (path.length() == ROOT.length() || path.charAt(3) == '/');
  }

  Answer answer(Request request) {
    try {
      String path = request.path();
      if (path.startsWith(MODELS)) {
        return model(request, path.substring(MODELS.length()));
      }
      requireMethod(request, "GET");
      return switch (path) {
        case ROOT, ROOT + "/" -> json(200, ServerIdentity.OPEN_INFERENCE);
        case ROOT + "/health/live" -> json(200, "{\"live\":true}");
        case ROOT + "/health/ready" -> ready(lookup.ready(), "");
        default ->
            throw new Refusal(
                ErrorCode.NOT_FOUND,
                "nothing is at " + path + "; predictions are at POST /v2/models/{name}/infer");
      };
    } catch (Refusal refusal) {
      Answer.Whole error = predictions.refused("", refusal, Inference.error(refusal));
      return refusal.code() == ErrorCode.METHOD_NOT_ALLOWED
          ? error.withHeader(HttpHeaderNames.ALLOW, request.path().endsWith(INFER) ? "POST" : "GET")
          : error;
    }
  }

  /** The inference that a request to POST asks for; empty when it is for something else. */
  Optional<Asked> asked(Request head) {
    String path = head.path();
    if (!path.startsWith(MODELS) || !path.endsWith(INFER)) {
      return Optional.empty();
    }
    return Optional.of(inference(head, Place.of(path.substring(MODELS.length()))));
  }

  private Answer model(Request request, String rest) {
    Place place = Place.of(rest);
    requireMethod(request, place.verb().equals(INFER) ? "POST" : "GET");
    return switch (place.verb()) {
      case INFER -> predictions.answer(inference(request, place), request);
      case READY -> ready(lookup.ready(place.name(), place.version()), place.name());
      default -> metadata(lookup.named(place.name(), place.version()), request);
    };
  }

  private Asked inference(Request request, Place place) {
    return new Asked(question(request), lookup.named(place.name(), place.version()));
  }

  private static Question question(Request request) {
    return MediaTypes.isProtobuf(request.header(HttpHeaderNames.CONTENT_TYPE))
        ? new ProtobufInference()
        : new Inference(jsonBytes(request));
  }

  private static Answer metadata(ServedModel model, Request request) {
    if (MediaTypes.isProtobuf(request.header(HttpHeaderNames.ACCEPT))) {
      return Answer.of(200, MediaTypes.PROTOBUF, model.signature().toProtobuf());
    }
    AnswerBuffer json = new AnswerBuffer(Integer.MAX_VALUE);
    model.signature().writeJson(json);
    return Answer.of(200, JSON, json.toBytes());
  }

  private static Answer ready(boolean ready, String name) {
    AnswerBuffer json = new AnswerBuffer(Integer.MAX_VALUE);
    json.put('{');
    if (!name.isEmpty()) {
      json.putAscii("\"name\":").putJsonString(name).put(',');
    }
    json.putAscii(ready ? "\"ready\":true}" : "\"ready\":false}");
    return Answer.of(ready ? 200 : 503, JSON, json.toBytes());
  }

  private static int jsonBytes(Request request) {
    Optional<String> header = request.header(Predictions.JSON_BYTES);
    if (header.isEmpty()) {
      return -1;
    }
    try {
      int bytes = Integer.parseInt(header.get().strip());
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException _) {
      // Refused like a negative one.
    }
    throw new Refusal(
        ErrorCode.VALIDATION,
        Predictions.JSON_BYTES
            + " is the number of bytes that are JSON, not '"
            + header.get()
            + "'");
  }

  private static void requireMethod(Request request, String method) {
    String asked = request.method();
    if (!asked.equals(method) && !(method.equals("GET") && asked.equals("HEAD"))) {
      throw new Refusal(
          ErrorCode.METHOD_NOT_ALLOWED, request.path() + " takes " + method + ", not " + asked);
    }
  }

  private static Answer json(int status, String body) {
    return Answer.of(status, JSON, body.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.berth.serving.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;

/**
 * One refusal as clients read it: {@code {"message", "code", "requestId"}}, and for a model's
 * failure {@code "OriginalStatusCode", "OriginalMessage"} too, which is what AWS SDKs parse.
 *
 * @param message what was wrong, where, and what to do; for people
 * @param requestId the id under which logs know this request
 */
public record WireError(
    ErrorCode code, String message, String requestId, Optional<Original> original) {

  /** What the model server answered. */
  public record Original(int statusCode, String message) {}

  public WireError(ErrorCode code, String message, String requestId) {
    this(code, message, requestId, Optional.empty());
  }

  /** The JSON body, UTF-8. */
  public byte[] json() {
    StringBuilder json = new StringBuilder(96 + message.length());
    json.append("{\"message\":");
    quote(json, message);
    json.append(",\"code\":\"").append(code.code()).append("\",\"requestId\":");
    quote(json, requestId);
    original.ifPresent(
        o -> {
          json.append(",\"OriginalStatusCode\":").append(o.statusCode());
          json.append(",\"OriginalMessage\":");
          quote(json, o.message());
        });
    return json.append('}').toString().getBytes(UTF_8);
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }
}

package dev.berth.router.proxy;

import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ServerIdentity;
import dev.berth.serving.wire.WirePaths;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the router itself answers of the Open Inference Protocol: that it is there and what it is.
 * What is asked of a model goes to a server of the endpoint with the model's name.
 */
final class OpenInferenceFront {
  private static final String JSON = "application/json";

  private OpenInferenceFront() {}

  /** Empty when the request is not for the router. */
  static Optional<Answer> answer(Request request, boolean ready) {
    if (!request.path().startsWith(WirePaths.V2) || !request.method().equals("GET")) {
      return Optional.empty();
    }
    return switch (request.path()) {
      case WirePaths.V2, WirePaths.V2 + "/" ->
          Optional.of(json(200, ServerIdentity.OPEN_INFERENCE));
      case WirePaths.V2 + "/health/live" -> Optional.of(json(200, "{\"live\":true}"));
      case WirePaths.V2 + "/health/ready" ->
          Optional.of(json(ready ? 200 : 503, "{\"ready\":%s}".formatted(ready)));
      default -> Optional.empty();
    };
  }

  private static Answer json(int status, String body) {
    return Answer.of(status, JSON, body.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.berth.router.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.serving.http.Answer;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Gathers what a failing server says, up to a bound, and words the 424 that the client gets. */
final class ModelFailure {
  private static final int MAX_BYTES = 16 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  ModelFailure(int status) {
    this.status = status;
  }

  void add(ByteBuf piece) {
    int length = Math.min(piece.readableBytes(), MAX_BYTES - said.size());
    byte[] bytes = new byte[length];
    piece.getBytes(piece.readerIndex(), bytes);
    said.writeBytes(bytes);
  }

  Answer.Whole answer(Forwarded request, String invokedVariant) {
    String message = message();
    return Answer.error(
            new WireError(
                ErrorCode.MODEL_ERROR,
                "the model answered " + status + (message.isEmpty() ? "" : ": " + message),
                request.requestId(),
                Optional.of(new WireError.Original(status, message))))
        .withHeader(WireHeaders.INFERENCE_ID, request.inferenceId())
        .withHeader(WireHeaders.INVOKED_VARIANT, invokedVariant);
  }

  /** Our own servers' words stand in a JSON object; others' are taken as they are. */
  private String message() {
    String text = said.toString(UTF_8).strip();
    if (!text.startsWith("{")) {
      return text;
    }
    try {
      JsonNode message = JSON.readTree(text).get("message");
      return message == null || !message.isTextual() ? text : message.textValue();
    } catch (IOException _) {
      return text;
    }
  }
}

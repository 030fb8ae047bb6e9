package dev.berth.router.proxy;

import dev.berth.serving.http.Answer;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** A server's failure, and the 424 that the client gets instead. */
final class ModelFailure {
  private final int status;
  private final Complaint complaint = new Complaint();

  ModelFailure(int status) {
    this.status = status;
  }

  void add(ByteBuf piece) {
    complaint.add(piece);
  }

  Answer.Whole answer(Forwarded request, String invokedVariant) {
    String message = complaint.words();
    return Answer.error(
            new WireError(
                ErrorCode.MODEL_ERROR,
                "the model answered " + status + (message.isEmpty() ? "" : ": " + message),
                request.requestId(),
                Optional.of(new WireError.Original(status, message))))
        .withHeader(WireHeaders.INFERENCE_ID, request.inferenceId())
        .withHeader(WireHeaders.INVOKED_VARIANT, invokedVariant);
  }
}

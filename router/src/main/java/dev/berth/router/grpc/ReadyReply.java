package dev.berth.router.grpc;

import dev.berth.serving.grpc.InferenceMessages;
import dev.berth.serving.grpc.MessageStream;
import dev.berth.serving.http.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** Says whether an answer was a good one: a model that cannot be asked is not ready. */
final class ReadyReply extends Reply {
  private HttpHeaders headers;
  private int status;

  ReadyReply(MessageStream client) {
    super(client);
  }

  @Override
  public void start(int newStatus, HttpHeaders newHeaders) {
    status = newStatus;
    headers = newHeaders;
  }

  @Override
  public boolean started() {
    return status != 0;
  }

  @Override
  public void write(ByteBuf piece) {
    piece.release();
  }

  @Override
  public void flush() {
    // Nothing has been written.
  }

  @Override
  public void end() {
    ready(status == 200, headers);
  }

  @Override
  public void answer(Answer.Whole answer) {
    if (answer.status() == 404) {
      super.answer(answer);
      return;
    }
    answer.body().release();
    ready(false, answer.headers());
  }

  private void ready(boolean ready, HttpHeaders of) {
    client().answer(Metadata.toGrpc(of), InferenceMessages.truth(ready));
  }
}

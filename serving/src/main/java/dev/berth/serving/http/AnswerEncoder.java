package dev.berth.serving.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Writes answers; those to HEAD keep their headers and lose their body. */
final class AnswerEncoder extends HttpResponseEncoder {
  private boolean toHead;

  /** Whether the answer written next is one to a HEAD request. */
  void answersHead(boolean head) {
    toHead = head;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse answer) {
    return super.isContentAlwaysEmpty(answer) || (toHead && answer.status().code() >= 200);
  }
}

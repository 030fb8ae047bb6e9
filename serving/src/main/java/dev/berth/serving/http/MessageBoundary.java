package dev.berth.serving.http;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Whether one of Netty's decoders has no message in hand, so that whoever reads the next one does
 * not take it out of the middle of another.
 */
public final class MessageBoundary {
  private boolean between = true;
  private boolean upgraded;

  /** Whether the next byte begins a message. */
  public boolean between() {
    return between;
  }

  /**
   * The decoder has had bytes to read.
   *
   * @param out what it has made of them; of no use from here on are those before {@code from}
   */
  public void decoded(List<Object> out, int from) {
    // Bytes that made nothing yet, line ends before a message among them, have moved it all the
    // same.
    between = false;
    for (int i = from; i < out.size(); i++) {
      upgraded |=
          out.get(i) instanceof HttpResponse answer
              && answer.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
      between =
          !upgraded
              && out.get(i) instanceof LastHttpContent
              && ((HttpObject) out.get(i)).decoderResult().isSuccess();
    }
  }
}

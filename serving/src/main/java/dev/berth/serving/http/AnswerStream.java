package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The client's side of one request whose answer is written piece by piece. Every call comes from
 * {@link #eventLoop}. Exactly one of {@link #answer}, {@link #end} and {@link #fail} finishes it,
 * unless the client leaves first; calls after that do nothing but release what they are handed.
 */
public interface AnswerStream {
  /** The event loop of the client's connection. */
  EventLoop eventLoop();

  /** Whether the request's body had come whole, or has by now. */
  boolean bodyComplete();

  /**
   * Who gets what had not come of the body when the handler was called; to be said at once, while
   * the handler runs.
   */
  void onBody(BodyReader reader);

  /** Reads no more of the body until {@link #resumeBody}, but for what is on its way already. */
  void pauseBody();

  /** Reads on. */
  void resumeBody();

  /** A whole answer instead of a stream; only before {@link #start}. */
  void answer(Answer.Whole answer);

  /**
   * Sends the head. The body is framed by {@code Content-Length} when {@code headers} has one, else
   * in chunks; hop-by-hop headers are the server's affair and must not be there.
   */
  void start(int status, HttpHeaders headers);

  /** Whether {@link #start} has been called: from then on no other answer can be given. */
  boolean started();

  /** Sends a piece, whose reference goes over; it leaves with the next {@link #flush}. */
  void write(ByteBuf piece);

  /** Hands what was written to the socket. */
  void flush();

  /** The answer is complete; flushes. */
  void end();

  /** The rest will not come: cuts the connection, so that the client sees that it is not whole. */
  void fail();

  /** False while the client reads too slowly: whoever writes should pause. */
  boolean isWritable();

  /** Called whenever {@link #isWritable} becomes true again. */
  void onWritable(Runnable action);

  /** Called when the client has left before the answer was complete. */
  void onGone(Runnable action);
}

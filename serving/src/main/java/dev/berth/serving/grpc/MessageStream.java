package dev.berth.serving.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * The client's side of one call whose answer, still one message, is written piece by piece. Every
 * call comes from {@link #eventLoop}. Exactly one of {@link #end} and {@link #answer} finishes it,
 * unless the client leaves first; calls after that do nothing but release what they are handed.
 */
public interface MessageStream {
  /** The event loop of the client's connection. */
  EventLoop eventLoop();

  /**
   * Begins the message.
   *
   * @param metadata for the answer's headers, besides gRPC's own
   * @param bytes how long the message is
   */
  void start(Http2Headers metadata, long bytes);

  /** Sends a piece of the message, whose reference goes over; it leaves with {@link #flush}. */
  void write(ByteBuf piece);

  /** Hands what was written to the connection. */
  void flush();

  /** The message is complete, and all went well. */
  void end();

  /**
   * A whole answer: instead of a stream; or, when that has begun, a failure that ends it.
   *
   * @param metadata for the answer's headers, when they have not left yet
   */
  void answer(Http2Headers metadata, GrpcAnswer.Whole answer);

  /** False while the client reads too slowly: whoever writes should pause. */
  boolean isWritable();

  /** Called whenever {@link #isWritable} becomes true again. */
  void onWritable(Runnable action);

  /** Called when the client has left before the answer was complete. */
  void onGone(Runnable action);
}

package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;

/** Who takes a request's body as it comes. Called on the connection's event loop. */
public interface BodyReader {
  /** A piece, whose reference goes over. */
  void piece(ByteBuf piece);

  /** The body is complete. */
  void complete();

  /**
   * The rest will not come: the body is too large, too slow or badly framed.
   *
   * @param answer what the client is to be told, if it has been told nothing yet
   */
  void refused(Answer.Whole answer);
}

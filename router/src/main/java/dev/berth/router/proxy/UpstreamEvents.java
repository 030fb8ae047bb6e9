package dev.berth.router.proxy;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** What a connection to a server tells whoever sent a request over it. */
interface UpstreamEvents {
  /** There is a connection; it waits for the request. */
  void connected(Upstream upstream);

  /** There is none to be had. */
  void notConnected(Throwable cause);

  /** The server takes more of the request, or no more for now. */
  void writabilityChanged();

  /** The head of the answer. */
  void head(HttpResponse head);

  /** A piece of the body, whose reference goes over; the last is a LastHttpContent. */
  void piece(HttpContent piece);

  /** No more pieces for now. */
  void pause();

  /**
   * The connection ended, or made no sense, before the answer was complete.
   *
   * @param silently whether not a byte of the answer had come
   */
  void lost(boolean silently);
}

package dev.berth.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;

/** What the head of a server's answer means to the router. */
enum Verdict {
  /** For the client. */
  ANSWER,
  /** The server goes away and has not touched the request. */
  DRAINING,
  /** The server has no room just now and has not touched the request. */
  BUSY,
  /** The server has more such requests than it can answer: it fares well, others may have room. */
  CROWDED,
  /** The model failed. */
  FAILURE;

  /** Whether another server may take the request. */
  boolean untouched() {
    return this == DRAINING || this == BUSY || this == CROWDED;
  }

  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY = 429;

  /**
   * A 503 that ends its connection comes from a server that is stopping; one with Retry-After means
   * to be tried again, and so does a 429 with it. Any other 5xx may have done half its work.
   */
  static Verdict of(HttpResponse head) {
    int code = head.status().code();
    if (code == UNAVAILABLE && !HttpUtil.isKeepAlive(head)) {
      return DRAINING;
    }
    if (code == UNAVAILABLE && head.headers().contains(HttpHeaderNames.RETRY_AFTER)) {
      return BUSY;
    }
    if (code == TOO_MANY && head.headers().contains(HttpHeaderNames.RETRY_AFTER)) {
      return CROWDED;
    }
    return code < 500 ? ANSWER : FAILURE;
  }
}

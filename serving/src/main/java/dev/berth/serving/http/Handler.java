package dev.berth.serving.http;

/**
 * Answers requests. Called on an event loop that many connections share: it must not block. What
 * blocks or takes long is returned as {@link Answer#later}. An exception becomes a 500.
 */
@FunctionalInterface
public interface Handler {
  /** Answers one request whose body has arrived whole, but see {@link #streams}. */
  Answer handle(Request request);

  /**
   * How many bytes of body this request may have; beyond it the client gets a 413 and no more is
   * read. Asked once the body is known to be larger than {@value Intake#UNASKED_BODY_BYTES} bytes
   * (so a handler with a smaller limit checks it in {@link #handle} too); {@code head} has no body
   * yet. The server's own {@link HttpServerOptions#maxBodyBytes} holds besides.
   */
  default long bodyLimit(Request head) {
    return Long.MAX_VALUE;
  }

  /**
   * Whether a large body is handed over as it comes: {@link #handle} is then called with its
   * beginning and answers {@link Answer#streamed}, and the rest goes to {@link
   * AnswerStream#onBody}. Asked when {@link #bodyLimit} is.
   */
  default boolean streams(Request head) {
    return false;
  }
}

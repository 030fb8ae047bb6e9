package dev.berth.serving.http;

import java.util.Optional;

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
   * Refuses a request by its head, so that its body need not be kept; empty lets it in. Asked when
   * a body of {@value Intake#REFUSABLE_BODY_BYTES} bytes or more is announced, or, of a body that
   * says no length, when {@link #bodyLimit} is. Such a refusal must be cheap: it is meant for times
   * when far more comes than can be answered.
   *
   * @param head has no body yet
   * @param bodyBytes how much there will be at the least
   */
  default Optional<Answer.Whole> refusal(Request head, long bodyBytes) {
    return Optional.empty();
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

package dev.berth.serving.http;

import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers made off the event loop, and those that a handler's failure needs. */
final class LaterAnswers {
  private static final Logger log = LoggerFactory.getLogger(LaterAnswers.class);

  /** Has the work done and its answer sent. */
  static void begin(Answer.Later later, Exchange exchange) {
    try {
      exchange.workBegins();
      later
          .executor()
          .execute(
              () -> {
                Answer.Whole answer = made(later);
                exchange.eventLoop().execute(() -> exchange.workDone(answer));
              });
    } catch (RejectedExecutionException _) {
      exchange.workDone(
          Answer.error(
                  new WireError(ErrorCode.UNAVAILABLE, "too busy: try again", RequestIds.next()))
              .withHeader("retry-after", "1"));
    }
  }

  /** A handler threw: the client learns that it is our fault, and the log learns why. */
  static void failed(Throwable cause, Exchange exchange) {
    Answer.Whole answer = internal(cause);
    if (exchange.started()) {
      exchange.fail();
    } else {
      exchange.answer(answer);
    }
  }

  private static Answer.Whole made(Answer.Later later) {
    try {
      return later.work().call();
    } catch (Throwable e) {
      return internal(e);
    }
  }

  private static Answer.Whole internal(Throwable cause) {
    String id = RequestIds.next();
    log.error("request {} failed", id, cause);
    return Answer.error(
        new WireError(ErrorCode.INTERNAL, "internal error; the log has it by the request id", id));
  }

  private LaterAnswers() {}
}

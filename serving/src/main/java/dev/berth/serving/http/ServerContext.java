package dev.berth.serving.http;

import dev.berth.serving.wire.ErrorCode;
import io.netty.util.concurrent.FastThreadLocal;

/** What all connections of one server share. */
final class ServerContext {
  private final Handler handler;
  private final HttpServerOptions options;
  private final HeldBytes heldBytes;
  private final FastThreadLocal<RefusalPace> refusals =
      new FastThreadLocal<>() {
        @Override
        protected RefusalPace initialValue() {
          return new RefusalPace();
        }
      };
  private volatile boolean draining;

  ServerContext(Handler handler, HttpServerOptions options) {
    this.handler = handler;
    this.options = options;
    this.heldBytes = new HeldBytes(options.maxHeldBytes());
  }

  Handler handler() {
    return handler;
  }

  HttpServerOptions options() {
    return options;
  }

  HeldBytes heldBytes() {
    return heldBytes;
  }

  /** Answers a request on the event loop of its connection: refusals in turn, others at once. */
  void answer(Exchange exchange, Answer.Whole answer) {
    if (answer.status() == ErrorCode.NOT_READY.status()) {
      refusals.get().answer(exchange, answer);
    } else {
      exchange.answer(answer);
    }
  }

  /** Whether every answer is to be its connection's last. */
  boolean draining() {
    return draining;
  }

  void drain() {
    draining = true;
  }
}

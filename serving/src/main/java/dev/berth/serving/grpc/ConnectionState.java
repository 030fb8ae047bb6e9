package dev.berth.serving.grpc;

import dev.berth.serving.http.HeldBytes;

/** What the calls of one connection share. Lives on its event loop. */
final class ConnectionState {
  private final GrpcServerOptions options;
  private final GrpcHandler handler;
  private final HeldBytes held;
  private int working;
  private int calls;
  private Runnable quiet = () -> {};

  ConnectionState(GrpcServerOptions options, GrpcHandler handler, HeldBytes held) {
    this.options = options;
    this.handler = handler;
    this.held = held;
  }

  GrpcServerOptions options() {
    return options;
  }

  GrpcHandler handler() {
    return handler;
  }

  HeldBytes held() {
    return held;
  }

  /** A call begins. */
  void begun() {
    calls++;
  }

  /** Its last byte has left, or nobody waits for it any more. */
  void ended() {
    calls--;
    if (calls == 0) {
      quiet.run();
    }
  }

  /** Has {@code action} run now or when there are no calls. */
  void onQuiet(Runnable action) {
    quiet = action;
    if (calls == 0) {
      action.run();
    }
  }

  /** One call more or less that is answered off the event loop. */
  void working(int change) {
    working += change;
  }

  boolean atWork() {
    return working > 0;
  }
}

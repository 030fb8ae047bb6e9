package dev.berth.serving.grpc;

import dev.berth.serving.http.HeldBytes;

/** What the calls of one connection share. Lives on its event loop. */
final class ConnectionState {
  private final GrpcServerOptions options;
  private final GrpcHandler handler;
  private final HeldBytes held;
  private int working;

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

  /** One call more or less that is answered off the event loop. */
  void working(int change) {
    working += change;
  }

  boolean atWork() {
    return working > 0;
  }
}

package dev.berth.serving.http;

/** What all connections of one server share. */
final class ServerContext {
  private final Handler handler;
  private final HttpServerOptions options;
  private final HeldBytes heldBytes;
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

  /** Whether every answer is to be its connection's last. */
  boolean draining() {
    return draining;
  }

  void drain() {
    draining = true;
  }
}

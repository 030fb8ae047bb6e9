package dev.berth.serving.http;

import java.time.Duration;

/**
 * What a server listens on and its bounds.
 *
 * @param port 0 takes a free one
 * @param threads event loops; 0 is one per core
 * @param maxBodyBytes a larger request body is refused with 413
 * @param maxHeldBytes what all large request bodies together may hold; beyond it 503
 * @param maxHeaderBytes of one request's headers, 431; the request line may have as much, 414
 * @param maxConnections one more is answered 503 and closed
 * @param idleTimeout how long a connection may be silent, take to send a request's head, or refuse
 *     to read its answer
 */
public record HttpServerOptions(
    String host,
    int port,
    int threads,
    long maxBodyBytes,
    long maxHeldBytes,
    int maxHeaderBytes,
    int maxConnections,
    Duration idleTimeout) {

  /** All interfaces, a free port, a loop per core, 6 MiB bodies, 16 KiB headers. */
  public static HttpServerOptions defaults() {
    return new HttpServerOptions(
        "0.0.0.0", 0, 0, 6L << 20, 256L << 20, 16 << 10, 20_000, Duration.ofSeconds(75));
  }

  /** The same on this address. */
  public HttpServerOptions on(String newHost, int newPort) {
    return new HttpServerOptions(
        newHost,
        newPort,
        threads,
        maxBodyBytes,
        maxHeldBytes,
        maxHeaderBytes,
        maxConnections,
        idleTimeout);
  }

  /** The same with this many event loops. */
  public HttpServerOptions withThreads(int newThreads) {
    return new HttpServerOptions(
        host,
        port,
        newThreads,
        maxBodyBytes,
        maxHeldBytes,
        maxHeaderBytes,
        maxConnections,
        idleTimeout);
  }

  /** The same with this bound on one body, and on all large ones together. */
  public HttpServerOptions withBodies(long newMaxBodyBytes, long newMaxHeldBytes) {
    return new HttpServerOptions(
        host,
        port,
        threads,
        newMaxBodyBytes,
        newMaxHeldBytes,
        maxHeaderBytes,
        maxConnections,
        idleTimeout);
  }

  /** The same with these bounds on connections. */
  public HttpServerOptions withConnections(int newMaxConnections, Duration newIdleTimeout) {
    return new HttpServerOptions(
        host,
        port,
        threads,
        maxBodyBytes,
        maxHeldBytes,
        maxHeaderBytes,
        newMaxConnections,
        newIdleTimeout);
  }
}

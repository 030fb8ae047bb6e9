package dev.berth.serving.grpc;

import java.time.Duration;

/**
 * What a server listens on and its bounds.
 *
 * @param port 0 takes a free one
 * @param maxMessageBytes of one request, packed and unpacked; beyond it RESOURCE_EXHAUSTED
 * @param maxHeldBytes what all large requests together may hold; beyond it UNAVAILABLE
 * @param maxConnections one more is closed
 * @param idleTimeout after which a connection that carries no call, or half of one, is ended
 */
public record GrpcServerOptions(
    String host,
    int port,
    int maxMessageBytes,
    long maxHeldBytes,
    int maxConnections,
    Duration idleTimeout) {}

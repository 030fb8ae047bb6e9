package dev.berth.modelserver;

import java.time.Duration;

/**
 * How a server listens, loads and leaves.
 *
 * @param port of the data plane; 0 takes a free one
 * @param adminPort of the admin plane; 0 takes a free one
 * @param grpcPort of the data plane over gRPC; 0 takes a free one, -1 none
 * @param maxBodyBytes of one request
 * @param maxArtifactBytes of one artifact, packed and unpacked
 * @param retryFor how long an artifact that cannot be fetched is tried again
 * @param lameDuck how long a stopping server still takes new connections, so that routers notice
 *     first
 */
public record ServerSettings(
    String host,
    int port,
    int adminPort,
    int grpcPort,
    int maxBodyBytes,
    long maxArtifactBytes,
    Duration retryFor,
    Duration lameDuck) {}

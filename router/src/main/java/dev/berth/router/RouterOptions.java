package dev.berth.router;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one router runs.
 *
 * @param table the file that it follows; without it, the EndpointRoutes of a namespace
 * @param namespace whose EndpointRoutes; without it, that of the pod or kubeconfig
 * @param name under which it acknowledges routes
 * @param grpcPort below 0: none
 * @param lameDuck how long it answers on after it was told to stop
 */
record RouterOptions(
    Optional<Path> table,
    Optional<String> namespace,
    String name,
    String host,
    int port,
    int adminPort,
    int grpcPort,
    Duration lameDuck) {}

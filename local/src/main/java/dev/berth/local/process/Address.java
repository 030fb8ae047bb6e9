package dev.berth.local.process;

/**
 * Where clients come in.
 *
 * @param host address that the router listens on
 * @param port its port; 0 = a free one
 * @param grpcPort that of gRPC; 0 = a free one, below 0 none
 */
public record Address(String host, int port, int grpcPort) {}

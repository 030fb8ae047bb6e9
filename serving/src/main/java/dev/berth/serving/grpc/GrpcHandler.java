package dev.berth.serving.grpc;

/**
 * Answers calls. Called on an event loop that many connections share: it must not block. What
 * blocks or takes long is returned as {@link GrpcAnswer.Later}.
 */
@FunctionalInterface
public interface GrpcHandler {
  /** Answers one call. An exception becomes {@link GrpcStatus#INTERNAL}. */
  GrpcAnswer call(GrpcRequest request);
}

package dev.berth.serving.grpc;

import io.netty.buffer.ByteBuf;

/**
 * Answers calls. Called on an event loop that many connections share: it must not block. What
 * blocks or takes long is returned as {@link GrpcAnswer.Later}.
 */
@FunctionalInterface
public interface GrpcHandler {
  /**
   * Answers one call.
   *
   * @param method the path: {@code /package.Service/Method}
   * @param message the request; valid until the answer is sent
   */
  GrpcAnswer call(String method, ByteBuf message);
}

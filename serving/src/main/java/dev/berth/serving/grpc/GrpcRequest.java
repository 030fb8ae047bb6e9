package dev.berth.serving.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * One call as a handler sees it.
 *
 * @param method the path: {@code /package.Service/Method}
 * @param metadata the headers, HTTP/2's own included
 * @param message the request's bytes, in an array of the heap; valid until the answer is sent
 */
public record GrpcRequest(String method, Http2Headers metadata, ByteBuf message) {}

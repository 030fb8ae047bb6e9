package dev.berth.router.proxy;

import dev.berth.router.balance.Backend;
import dev.berth.router.balance.Burden;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.MessageBytes;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/** A client's request as its server gets it, as often as it takes. */
final class Forwarded {
  private final Request request;
  private final String target;
  private final String requestId = RequestIds.next();
  private final String inferenceId;
  private final String customAttributes;
  private final String targetVariant;
  private final boolean chunked;
  private final Burden burden;

  /**
   * Turns the client's headers into those for the server, in place.
   *
   * @param target path and query to ask the server for
   * @param bodyComplete whether the request's body has come whole
   */
  Forwarded(Request request, String target, boolean bodyComplete) {
    this.request = request;
    this.target = target;
    HttpHeaders headers = request.headers();
    String given = headers.get(WireHeaders.INFERENCE_ID);
    inferenceId = given == null || given.isEmpty() ? requestId : given;
    customAttributes = headers.get(WireHeaders.CUSTOM_ATTRIBUTES, "");
    targetVariant = headers.get(WireHeaders.TARGET_VARIANT, "");
    HopByHop.remove(headers);
    headers.remove(HttpHeaderNames.EXPECT);
    headers.set(WireHeaders.INFERENCE_ID, inferenceId);
    headers.set(WireHeaders.REQUEST_ID, requestId);
    headers.add(HttpHeaderNames.VIA, "1.1 berth");
    this.chunked = !bodyComplete && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    if (chunked) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    } else if (bodyComplete
        && (request.body().isReadable() || headers.contains(HttpHeaderNames.CONTENT_LENGTH))) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(request.body().readableBytes()));
    }
    long bodyBytes = request.body().readableBytes();
    this.burden =
        Burdens.of(
            request,
            bodyComplete || chunked
                ? bodyBytes
                : Long.parseLong(headers.get(HttpHeaderNames.CONTENT_LENGTH)));
  }

  /**
   * Begins the request for this server.
   *
   * @param bodyBytes how much of the body follows at once
   */
  void begin(MessageBytes bytes, ByteBufAllocator allocator, Backend backend, int bodyBytes) {
    request.headers().set(HttpHeaderNames.HOST, backend.authority());
    if (chunked) {
      bytes.inChunks();
    }
    bytes.request(allocator, request.method(), target, bodyBytes).addAll(request.headers()).end();
  }

  /** The body, or its beginning. It stays ours. */
  ByteBuf body() {
    return request.body();
  }

  /** What it is likely to cost a server. */
  Burden burden() {
    return burden;
  }

  boolean isHead() {
    return HttpMethod.HEAD.name().equals(request.method());
  }

  String requestId() {
    return requestId;
  }

  /** A refusal in our own words. */
  Answer.Whole refusal(ErrorCode code, String message) {
    Answer.Whole refusal =
        Answer.error(new WireError(code, message, requestId))
            .withHeader(WireHeaders.INFERENCE_ID, inferenceId);
    return code == ErrorCode.UNAVAILABLE || code == ErrorCode.NOT_READY
        ? refusal.withHeader(HttpHeaderNames.RETRY_AFTER, 1)
        : refusal;
  }

  /** Adds to an answer's headers what clients are promised. */
  void mark(HttpHeaders answer, String invokedVariant) {
    answer.set(WireHeaders.INVOKED_VARIANT, invokedVariant);
    answer.set(WireHeaders.INFERENCE_ID, inferenceId);
    answer.set(WireHeaders.REQUEST_ID, requestId);
    if (!customAttributes.isEmpty() && !answer.contains(WireHeaders.CUSTOM_ATTRIBUTES)) {
      answer.set(WireHeaders.CUSTOM_ATTRIBUTES, customAttributes);
    }
  }

  /** The client's own, or made. */
  String inferenceId() {
    return inferenceId;
  }

  /** Empty when any will do. */
  String targetVariant() {
    return targetVariant;
  }
}

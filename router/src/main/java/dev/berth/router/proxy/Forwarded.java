package dev.berth.router.proxy;

import dev.berth.router.balance.Backend;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/** A client's request as its server gets it, as often as it takes. */
final class Forwarded {
  private final Request request;
  private final String target;
  private final String requestId = RequestIds.next();
  private final String inferenceId;
  private final String customAttributes;
  private final String targetVariant;

  /**
   * Turns the client's headers into those for the server, in place.
   *
   * @param target path and query to ask the server for
   */
  Forwarded(Request request, String target) {
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
    if (request.body().isReadable() || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      headers.setInt(HttpHeaderNames.CONTENT_LENGTH, request.body().readableBytes());
    }
  }

  /** The request for this server. The body stays ours: it may be needed once more. */
  FullHttpRequest to(Backend backend) {
    request.headers().set(HttpHeaderNames.HOST, backend.address().toString());
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.valueOf(request.method()),
        target,
        request.body().retainedDuplicate(),
        request.headers(),
        EmptyHttpHeaders.INSTANCE);
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

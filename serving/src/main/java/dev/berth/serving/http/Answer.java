package dev.berth.serving.http;

import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a handler says to a request: the answer itself, or how it comes about. */
public sealed interface Answer {

  /** An answer that is there: status, headers and a body that is sent with its length. */
  final class Whole implements Answer {
    private final int status;
    private final ByteBuf body;
    private final HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();

    private Whole(int status, ByteBuf body) {
      this.status = status;
      this.body = body;
    }

    /** Adds a header, after those of the same name. */
    public Whole withHeader(CharSequence name, Object value) {
      headers.add(name, value);
      return this;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The body; its reference is whose the answer is. */
    public ByteBuf body() {
      return body;
    }

    /** All headers but those that frame the answer. */
    public HttpHeaders headers() {
      return headers;
    }
  }

  /** An answer that {@code work} makes on {@code executor}. */
  record Later(Executor executor, Callable<Whole> work) implements Answer {}

  /** An answer that somebody writes piece by piece, from the connection's event loop. */
  record Streamed(Consumer<AnswerStream> writer) implements Answer {}

  /** An answer with a body that is not changed any more. */
  static Whole of(int status, CharSequence contentType, byte[] body) {
    return of(status, contentType, Unpooled.wrappedBuffer(body));
  }

  /** An answer with a body whose reference goes over to the server. */
  static Whole of(int status, CharSequence contentType, ByteBuf body) {
    return new Whole(status, body).withHeader(HttpHeaderNames.CONTENT_TYPE, contentType);
  }

  /** An answer without a body. */
  static Whole empty(int status) {
    return new Whole(status, Unpooled.EMPTY_BUFFER);
  }

  /** A refusal, in the one JSON shape that all our errors have. */
  static Whole error(WireError error) {
    return of(error.code().status(), "application/json", error.json())
        .withHeader(WireHeaders.ERROR_TYPE, error.code().code())
        .withHeader(WireHeaders.REQUEST_ID, error.requestId());
  }

  /**
   * An answer made off the event loop. The request's body stays valid meanwhile. An exception is a
   * 500; an executor that rejects is a 503 with Retry-After.
   */
  static Answer later(Executor executor, Callable<Whole> work) {
    return new Later(executor, work);
  }

  /** An answer written piece by piece; {@code writer} is called at once, on the event loop. */
  static Answer streamed(Consumer<AnswerStream> writer) {
    return new Streamed(writer);
  }
}

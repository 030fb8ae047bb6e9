package dev.berth.serving.http;

import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** The connection itself refuses a request, before any handler sees it, and closes afterwards. */
final class Refused extends RuntimeException {
  private final transient ErrorCode code;

  Refused(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** What Netty could not read. */
  static Refused undecoded(DecoderResult result) {
    return switch (result.cause()) {
      case TooLongHttpLineException _ ->
          new Refused(ErrorCode.URI_TOO_LONG, "the request line is too long");
      case TooLongHttpHeaderException _ ->
          new Refused(ErrorCode.HEADERS_TOO_LARGE, "the headers are too large");
      default -> new Refused(ErrorCode.VALIDATION, "not a well-formed HTTP request");
    };
  }

  /** What the client reads. */
  Answer.Whole answer() {
    Answer.Whole answer = Answer.error(new WireError(code, getMessage(), RequestIds.next()));
    return code == ErrorCode.UNAVAILABLE ? answer.withHeader("retry-after", "1") : answer;
  }
}

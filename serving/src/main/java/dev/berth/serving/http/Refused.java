package dev.berth.serving.http;

import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** The connection itself refuses a request, before any handler sees it, and closes afterwards. */
final class Refused extends RuntimeException {
  private final transient Answer.Whole answer;

  Refused(ErrorCode code, String message) {
    this(message, answer(code, message));
  }

  private Refused(String message, Answer.Whole answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  /** The handler refuses it, in words of its own. */
  static Refused byHandler(Answer.Whole answer) {
    return new Refused("refused by its head", answer);
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
    return answer;
  }

  private static Answer.Whole answer(ErrorCode code, String message) {
    Answer.Whole answer = Answer.error(new WireError(code, message, RequestIds.next()));
    return code == ErrorCode.UNAVAILABLE ? answer.withHeader("retry-after", "1") : answer;
  }
}

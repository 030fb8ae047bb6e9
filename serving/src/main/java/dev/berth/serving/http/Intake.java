package dev.berth.serving.http;

import dev.berth.serving.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Puts one request together out of its head and the pieces of its body, and refuses it as soon as
 * it is clear that it is too large: a client cannot make us hold more than its limit.
 */
final class Intake {
  /** Bodies up to here are read without asking the handler, and not counted as held. */
  static final int UNASKED_BODY_BYTES = 64 << 10;

  /**
   * Bodies below this come with their heads, and to read them costs no more than to pass them over:
   * the handler is not asked whether to refuse them.
   */
  static final int REFUSABLE_BODY_BYTES = 4 << 10;

  /**
   * The body of a refused request is passed over up to here and its connection goes on; to end a
   * connection and set up another costs less than to hear a larger one out.
   */
  static final int PASSED_OVER_BYTES = 256 << 10;

  /** A body that comes slower than this for long is not a slow line but an attack. */
  private static final long MIN_BYTES_PER_SECOND = 8 << 10;

  /** How far a body has come. */
  enum Progress {
    MORE,
    /** The handler wants it from here as it comes. */
    ENOUGH,
    COMPLETE
  }

  private final Handler handler;
  private final HeldBytes held;
  private final long serverLimit;

  private HttpRequest head;
  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private Optional<Answer.Whole> refusal = Optional.empty();
  private long limit;
  private boolean asked;
  private boolean streams;
  private long received;
  private long charged;
  private long startNanos;

  Intake(Handler handler, HeldBytes held, long serverLimit) {
    this.handler = handler;
    this.held = held;
    this.serverLimit = serverLimit;
  }

  /** Whether a head has come whose body is not complete. */
  boolean midRequest() {
    return head != null;
  }

  /** A request that {@link PlainMessages} read: all there, with nothing in its head to check. */
  Request whole(FullHttpRequest plain) {
    Request request = new Request(plain, plain.content());
    refusal = refusalOf(request, plain.content().readableBytes());
    return request;
  }

  /**
   * Begins a request.
   *
   * @return whether the client waits for a 100 before it sends the body
   * @throws Refused when its head is not acceptable
   */
  boolean begin(HttpRequest newHead) {
    checkHead(newHead);
    head = newHead;
    limit = serverLimit;
    asked = false;
    streams = false;
    received = 0;
    startNanos = System.nanoTime();
    long declared = HttpUtil.getContentLength(newHead, 0L);
    if (declared > UNASKED_BODY_BYTES) {
      checkLength(declared);
    }
    String expect = newHead.headers().get(HttpHeaderNames.EXPECT);
    refusal = refusalOf(new Request(newHead, Unpooled.EMPTY_BUFFER), declared);
    // Who waits for a 100 may or may not send the body after a refusal (RFC 9110, 10.1.1): what
    // came next could be either.
    if (refusal.isPresent() && (declared > PASSED_OVER_BYTES || expect != null)) {
      throw Refused.byHandler(refusal.get());
    }
    if (expect == null) {
      return false;
    }
    if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
      throw new Refused(ErrorCode.EXPECTATION_FAILED, "unknown expectation: only 100-continue");
    }
    return newHead.protocolVersion().minorVersion() > 0
        && (declared > 0 || HttpUtil.isTransferEncodingChunked(newHead));
  }

  /**
   * Adds a piece of the body, taking over its reference.
   *
   * @throws Refused when the body has become too large
   */
  Progress add(HttpContent piece) {
    ByteBuf bytes = piece.content();
    boolean last = piece instanceof LastHttpContent;
    if (refusal.isPresent()) {
      received += bytes.readableBytes();
      piece.release();
      return last ? Progress.COMPLETE : Progress.MORE;
    }
    if (last && !body.isReadable() && bytes.readableBytes() <= UNASKED_BODY_BYTES) {
      releaseBody();
      body = bytes;
      return Progress.COMPLETE;
    }
    try {
      append(bytes);
    } finally {
      piece.release();
    }
    if (last) {
      return Progress.COMPLETE;
    }
    return streams ? Progress.ENOUGH : Progress.MORE;
  }

  /**
   * Counts a piece that goes on to the handler; its reference stays where it is.
   *
   * @throws Refused when it is not one, or the body has become too large
   */
  void pass(HttpContent piece) {
    if (piece.decoderResult().isFailure()) {
      throw Refused.undecoded(piece.decoderResult());
    }
    received += piece.content().readableBytes();
    checkLength(received);
    if (piece instanceof LastHttpContent) {
      head = null;
    }
  }

  /**
   * What a complete request is answered whose body was passed over. Only once it has come whole: an
   * answer in the midst of it would have many clients, and every proxy, give the connection up.
   */
  Optional<Answer.Whole> refusal() {
    return refusal;
  }

  /** The request, complete or with the beginning of its body. It is held until {@link #release}. */
  Request take(Progress progress) {
    Request request = new Request(head, body);
    body = Unpooled.EMPTY_BUFFER;
    if (progress == Progress.COMPLETE) {
      head = null;
    }
    return request;
  }

  /** What {@link #take} gave is done with. */
  void release(Request request) {
    request.body().release();
    giveBack();
  }

  /** Forgets a request that will not be completed. */
  void abandon() {
    head = null;
    releaseBody();
    giveBack();
  }

  /** When the body must have come, by the clock of {@code System.nanoTime}. */
  long deadlineNanos(long patienceNanos) {
    long fair = TimeUnit.SECONDS.toNanos(received) / MIN_BYTES_PER_SECOND;
    return startNanos + patienceNanos + fair;
  }

  /** It was us who made the client wait. */
  void restartClock() {
    startNanos = System.nanoTime();
  }

  private Optional<Answer.Whole> refusalOf(Request request, long bodyBytes) {
    return bodyBytes < REFUSABLE_BODY_BYTES
        ? Optional.empty()
        : handler.refusal(request, bodyBytes);
  }

  private void append(ByteBuf bytes) {
    int more = bytes.readableBytes();
    if (more == 0) {
      return;
    }
    received += more;
    if (received > UNASKED_BODY_BYTES) {
      checkLength(received);
      if (!held.take(more)) {
        throw new Refused(ErrorCode.UNAVAILABLE, "too many large requests at once: try again");
      }
      charged += more;
    }
    try {
      if (body.capacity() == 0) {
        body = ByteBufAllocator.DEFAULT.buffer(Math.max(more, 1024));
      }
      body.writeBytes(bytes);
    } catch (OutOfMemoryError e) {
      // Netty's own, at the bound of its buffers: the heap is not concerned, and they come free
      // again.
      throw new Refused(ErrorCode.UNAVAILABLE, "too many large requests at once: try again");
    }
  }

  private void checkLength(long length) {
    if (!asked) {
      asked = true;
      Request asking = new Request(head, Unpooled.EMPTY_BUFFER);
      limit = Math.min(serverLimit, handler.bodyLimit(asking));
      streams = handler.streams(asking);
      refuseTooLong(length);
      refuseUnmeasured(asking, length);
    }
    refuseTooLong(length);
  }

  private void refuseTooLong(long length) {
    if (length > limit) {
      throw new Refused(
          ErrorCode.TOO_LARGE, "the body is larger than " + limit + " bytes, the limit here");
    }
  }

  /** A body without a length was let in by its head: now that it is known to be a large one. */
  private void refuseUnmeasured(Request asking, long length) {
    Optional<Answer.Whole> late =
        HttpUtil.isTransferEncodingChunked(head)
            ? handler.refusal(asking, length)
            : Optional.empty();
    if (late.isPresent()) {
      throw Refused.byHandler(late.get());
    }
  }

  private static void checkHead(HttpRequest head) {
    HttpVersion version = head.protocolVersion();
    if (version.majorVersion() != 1) {
      throw new Refused(ErrorCode.VERSION_NOT_SUPPORTED, "only HTTP/1.1 and HTTP/1.0 here");
    }
    HttpHeaders headers = head.headers();
    String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding != null
        && (!HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)
            || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1)) {
      throw new Refused(ErrorCode.VALIDATION, "Transfer-Encoding: only 'chunked' is understood");
    }
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && version.minorVersion() > 0)) {
      throw new Refused(ErrorCode.VALIDATION, "exactly one Host header is needed");
    }
  }

  private void releaseBody() {
    body.release();
    body = Unpooled.EMPTY_BUFFER;
  }

  private void giveBack() {
    if (charged > 0) {
      held.giveBack(charged);
      charged = 0;
    }
  }
}

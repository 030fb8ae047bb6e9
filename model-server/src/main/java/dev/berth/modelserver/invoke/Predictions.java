package dev.berth.modelserver.invoke;

import dev.berth.modelserver.invoke.Question.Reply;
import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.media.ByteRun;
import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import java.util.Optional;

/** Has questions answered: cheap ones at once, on the event loop; others on the workers. */
final class Predictions {
  /** How many bytes of an answer with raw tensors are JSON. */
  static final AsciiString JSON_BYTES = AsciiString.cached("inference-header-content-length");

  /** Answers up to here go as they are: to pack less saves the network little and costs us much. */
  private static final int GZIP_FROM_BYTES = 8 << 10;

  /** A packed body that unpacks to more than this does so on a worker. */
  private static final int UNPACKED_ON_LOOP_BYTES = 64 << 10;

  private final ServerMetrics metrics;
  private final Workers workers;
  private final int maxUnpackedBytes;

  Predictions(ServerMetrics metrics, Workers workers, int maxUnpackedBytes) {
    this.metrics = metrics;
    this.workers = workers;
    this.maxUnpackedBytes = maxUnpackedBytes;
  }

  Answer answer(Asked asked, Request request) {
    Question question = asked.question();
    ServedModel model = asked.model();
    try {
      if (ContentCoding.isGzip(request.header(HttpHeaderNames.CONTENT_ENCODING))) {
        return unpacked(question, model, request);
      }
      return bySize(question, model, request, request.body());
    } catch (Refusal refusal) {
      return refused(question, model.facts().name(), refusal);
    }
  }

  /**
   * The answer, 429, to a request that can go to the workers only and would be refused there. A
   * packed body is judged as if it were not: it has more in it, not less.
   */
  Optional<Answer.Whole> refusal(Asked asked, int bodyBytes) {
    return Workers.isCheap(asked.question().leastCost(asked.model(), bodyBytes), bodyBytes)
        ? Optional.empty()
        : workers
            .refusal()
            .map(refusal -> refused(asked.question(), asked.model().facts().name(), refusal));
  }

  private Answer unpacked(Question question, ServedModel model, Request request) {
    Optional<ByteBuf> small =
        ContentCoding.gunzip(request.body(), Math.min(maxUnpackedBytes, UNPACKED_ON_LOOP_BYTES));
    return small.isPresent()
        ? bySize(question, model, request, small.get())
        : workers.later(() -> unpackedLater(question, model, request));
  }

  private Answer bySize(Question question, ServedModel model, Request request, ByteBuf body) {
    return Workers.isCheap(question.cost(model, body), body.readableBytes())
        ? now(question, model, request, body)
        : workers.later(() -> now(question, model, request, body));
  }

  private Answer.Whole unpackedLater(Question question, ServedModel model, Request request) {
    try {
      ByteBuf body =
          ContentCoding.gunzip(request.body(), maxUnpackedBytes)
              .orElseThrow(
                  () ->
                      new Refusal(
                          ErrorCode.TOO_LARGE,
                          "the body unpacks to more than "
                              + maxUnpackedBytes
                              + " bytes, the limit"));
      return now(question, model, request, body);
    } catch (Refusal refusal) {
      return refused(question, model.facts().name(), refusal);
    }
  }

  private Answer.Whole now(Question question, ServedModel model, Request request, ByteBuf body) {
    String name = model.facts().name();
    Scratch scratch = Scratch.ofThread();
    try {
      ByteRun bytes = bytes(body, scratch);
      Reply reply =
          metrics.of(name).answering(() -> question.answer(model, bytes, scratch), Reply::rows);
      return whole(reply, scratch.answer(), request);
    } catch (Refusal refusal) {
      return refused(question, name, refusal);
    }
  }

  private static Answer.Whole whole(Reply reply, AnswerBuffer answer, Request request) {
    Answer.Whole whole;
    if (answer.size() < GZIP_FROM_BYTES) {
      whole = Answer.of(200, reply.mediaType(), answer.toBytes());
    } else if (ContentCoding.takesGzip(request.header(HttpHeaderNames.ACCEPT_ENCODING))) {
      byte[] packed = ContentCoding.gzip(answer.array(), answer.size());
      whole =
          Answer.of(200, reply.mediaType(), packed)
              .withHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP)
              .withHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    } else {
      whole =
          Answer.of(200, reply.mediaType(), answer.toBytes())
              .withHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    }
    return reply.jsonBytes() > 0 ? whole.withHeader(JSON_BYTES, reply.jsonBytes()) : whole;
  }

  private static ByteRun bytes(ByteBuf body, Scratch scratch) {
    int size = body.readableBytes();
    if (body.hasArray()) {
      int from = body.arrayOffset() + body.readerIndex();
      return new ByteRun(body.array(), from, from + size);
    }
    byte[] copy = scratch.input(size);
    body.getBytes(body.readerIndex(), copy, 0, size);
    return new ByteRun(copy, 0, size);
  }

  private Answer.Whole refused(Question question, String model, Refusal refusal) {
    return refused(model, refusal, question.refusal(refusal));
  }

  /** Counts a refusal, and says when to come again; {@code model} is empty when none was found. */
  Answer.Whole refused(String model, Refusal refusal, Answer.Whole answer) {
    metrics.refused(model, refusal.code().status());
    boolean again =
        refusal.code() == ErrorCode.NOT_READY || refusal.code() == ErrorCode.UNAVAILABLE;
    return again ? answer.withHeader(HttpHeaderNames.RETRY_AFTER, "1") : answer;
  }
}

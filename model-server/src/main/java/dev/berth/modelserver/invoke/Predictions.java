package dev.berth.modelserver.invoke;

import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;

/** Runs invocations: small ones at once, on the event loop; others on the workers. */
final class Predictions {
  /**
   * Rows times trees that an event loop may spend on one request: about a quarter of a millisecond.
   */
  private static final long CHEAP = 10_000;

  private static final double NANOS = 1e-9;

  private final ServerMetrics metrics;
  private final Workers workers;

  Predictions(ServerMetrics metrics, Workers workers) {
    this.metrics = metrics;
    this.workers = workers;
  }

  Answer answer(Invocation invocation, ServedModel model, Request request) {
    if (model.cost(request.body().readableBytes()) <= CHEAP) {
      return now(invocation, model, request);
    }
    try {
      return workers.later(() -> now(invocation, model, request));
    } catch (Refusal refusal) {
      return refused(model.facts().name(), refusal);
    }
  }

  private Answer.Whole now(Invocation invocation, ServedModel model, Request request) {
    metrics.inFlight(1);
    long start = System.nanoTime();
    ServerMetrics.OfModel counted = metrics.of(model.facts().name());
    Scratch scratch = Scratch.ofThread();
    ByteBuf body = request.body();
    int size = body.readableBytes();
    try {
      long rows;
      if (body.hasArray()) {
        int from = body.arrayOffset() + body.readerIndex();
        rows = invocation.answer(model, body.array(), from, from + size, scratch);
      } else {
        byte[] copy = scratch.input(size);
        body.getBytes(body.readerIndex(), copy, 0, size);
        rows = invocation.answer(model, copy, 0, size, scratch);
      }
      counted.rows().inc(rows);
      counted.succeeded().inc();
      return Answer.of(200, invocation.out().mediaType(), scratch.answer().toBytes());
    } catch (Refusal refusal) {
      return refused(model.facts().name(), refusal);
    } finally {
      metrics.inFlight(-1);
      counted.seconds().observe((System.nanoTime() - start) * NANOS);
    }
  }

  /** A refusal as its client reads it; {@code model} is empty when none was found. */
  Answer.Whole refused(String model, Refusal refusal) {
    metrics.refused(model, refusal.code().status());
    Answer.Whole answer =
        Answer.error(new WireError(refusal.code(), refusal.getMessage(), RequestIds.next()));
    boolean again =
        refusal.code() == ErrorCode.NOT_READY || refusal.code() == ErrorCode.UNAVAILABLE;
    return again ? answer.withHeader(HttpHeaderNames.RETRY_AFTER, "1") : answer;
  }
}

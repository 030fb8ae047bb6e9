package dev.berth.serving.grpc;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a handler says to a call: the answer itself, or how it comes about. */
public sealed interface GrpcAnswer {
  /** An answer that is there. */
  sealed interface Whole extends GrpcAnswer {}

  /** One message, which is not changed any more. */
  @SuppressWarnings("ArrayRecordComponent") // it carries the bytes and is never compared
  record Message(byte[] bytes) implements Whole {}

  /**
   * No message.
   *
   * @param words what was wrong, where, and what to do; for people
   */
  record Failed(GrpcStatus status, String words) implements Whole {}

  /**
   * An answer made off the event loop. An exception is {@link GrpcStatus#INTERNAL}, an executor
   * that rejects {@link GrpcStatus#UNAVAILABLE}.
   */
  record Later(Executor executor, Callable<Whole> work) implements GrpcAnswer {}

  /** A message that somebody writes piece by piece, from the connection's event loop. */
  record Streamed(Consumer<MessageStream> writer) implements GrpcAnswer {}
}

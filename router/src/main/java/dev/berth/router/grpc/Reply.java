package dev.berth.router.grpc;

import dev.berth.router.proxy.Complaint;
import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcStatus;
import dev.berth.serving.grpc.MessageStream;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.AnswerStream;
import dev.berth.serving.http.BodyReader;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.EmptyHttp2Headers;

/** A client of gRPC as the proxy sees it: one whose request has come whole. */
abstract class Reply implements AnswerStream {
  private final MessageStream client;

  Reply(MessageStream client) {
    this.client = client;
  }

  MessageStream client() {
    return client;
  }

  @Override
  public final EventLoop eventLoop() {
    return client.eventLoop();
  }

  @Override
  public final boolean bodyComplete() {
    return true;
  }

  @Override
  public final void onBody(BodyReader reader) {
    throw new IllegalStateException("the message has come whole");
  }

  @Override
  public final void pauseBody() {
    // Nothing more comes.
  }

  @Override
  public final void resumeBody() {
    // Nothing more comes.
  }

  @Override
  public void answer(Answer.Whole answer) {
    Complaint complaint = new Complaint();
    complaint.add(answer.body());
    answer.body().release();
    client.answer(
        Metadata.toGrpc(answer.headers()),
        new Failed(GrpcStatus.ofHttp(answer.status()), complaint.words()));
  }

  @Override
  public final void fail() {
    client.answer(
        EmptyHttp2Headers.INSTANCE,
        new Failed(GrpcStatus.INTERNAL, "the model's answer broke off"));
  }

  @Override
  public final boolean isWritable() {
    return client.isWritable();
  }

  @Override
  public final void onWritable(Runnable action) {
    client.onWritable(action);
  }

  @Override
  public final void onGone(Runnable action) {
    client.onGone(action);
  }
}

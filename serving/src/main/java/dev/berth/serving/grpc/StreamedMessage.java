package dev.berth.serving.grpc;

import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcAnswer.Whole;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Headers;

/** One call's answer on its way, piece by piece. Lives on the connection's event loop. */
final class StreamedMessage implements MessageStream {
  private enum State {
    OPEN,
    STARTED,
    DONE
  }

  private final ChannelHandlerContext context;
  private final Runnable finished;
  private State state = State.OPEN;
  private Runnable gone = () -> {};
  private Runnable writable = () -> {};

  /**
   * An answer to the call of this stream.
   *
   * @param finished told once, when the answer is complete or nobody waits for it any more
   */
  StreamedMessage(ChannelHandlerContext context, Runnable finished) {
    this.context = context;
    this.finished = finished;
  }

  void clientLeft() {
    if (state != State.DONE) {
      gone.run();
      done();
    }
  }

  void writabilityChanged() {
    if (state == State.STARTED && isWritable()) {
      writable.run();
    }
  }

  @Override
  public EventLoop eventLoop() {
    return context.channel().eventLoop();
  }

  @Override
  public void start(Http2Headers metadata, long bytes) {
    if (state == State.OPEN) {
      state = State.STARTED;
      GrpcFrames.begin(context, metadata, Math.toIntExact(bytes));
    }
  }

  @Override
  public void write(ByteBuf piece) {
    if (state == State.STARTED) {
      GrpcFrames.piece(context, piece);
    } else {
      piece.release();
    }
  }

  @Override
  public void flush() {
    if (state == State.STARTED) {
      context.flush();
    }
  }

  @Override
  public void end() {
    if (state == State.STARTED) {
      GrpcFrames.ok(context);
      done();
    }
  }

  @Override
  public void answer(Http2Headers metadata, Whole answer) {
    if (state == State.OPEN) {
      GrpcFrames.answer(context, metadata, answer);
      done();
    } else if (state == State.STARTED && answer instanceof Failed failed) {
      GrpcFrames.breakOff(context, failed);
      done();
    }
  }

  @Override
  public boolean isWritable() {
    return context.channel().isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    writable = action;
  }

  @Override
  public void onGone(Runnable action) {
    gone = action;
  }

  private void done() {
    state = State.DONE;
    finished.run();
  }
}

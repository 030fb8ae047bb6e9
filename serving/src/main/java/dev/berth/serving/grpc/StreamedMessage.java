package dev.berth.serving.grpc;

import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcAnswer.Whole;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;

/** One call's answer on its way, piece by piece. Lives on the connection's event loop. */
final class StreamedMessage implements MessageStream {
  private enum State {
    OPEN,
    STARTED,
    DONE
  }

  private final ChannelHandlerContext context;
  private final Duration patience;
  private final Runnable finished;
  private State state = State.OPEN;
  private long bytes;
  private Runnable gone = () -> {};
  private Runnable writable = () -> {};

  /**
   * An answer to the call of this stream.
   *
   * @param patience with a client that gives an answer no room
   * @param finished told once, when the answer is complete or nobody waits for it any more
   */
  StreamedMessage(ChannelHandlerContext context, Duration patience, Runnable finished) {
    this.context = context;
    this.patience = patience;
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
  public void start(Http2Headers metadata, long size) {
    if (state == State.OPEN) {
      state = State.STARTED;
      bytes = size;
      GrpcFrames.begin(context, metadata, Math.toIntExact(size));
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
      sent(GrpcFrames.ok(context));
    }
  }

  @Override
  public void answer(Http2Headers metadata, Whole answer) {
    if (state == State.OPEN) {
      sent(GrpcFrames.answer(context, metadata, answer));
    } else if (state == State.STARTED && answer instanceof Failed failed) {
      sent(GrpcFrames.breakOff(context, failed));
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

  private void sent(ChannelFuture last) {
    Unread.bound(context, last, bytes, patience);
    done();
  }

  private void done() {
    state = State.DONE;
    finished.run();
  }
}

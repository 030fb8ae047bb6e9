package dev.berth.serving.grpc;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Bounds how long an answer waits for a client that gives it no room: HTTP/2 lets it do so. */
final class Unread {
  /** A client that reads more slowly than this for long is not a slow line but an attack. */
  private static final long MIN_BYTES_PER_SECOND = 8 << 10;

  private Unread() {}

  /**
   * Resets the call's stream when the answer has not left in time.
   *
   * @param sent done when the answer's last byte has left
   * @param bytes of the answer
   */
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a stream that is broken
  static void bound(
      ChannelHandlerContext context, ChannelFuture sent, long bytes, Duration patience) {
    if (sent.isDone()) {
      return;
    }
    long fair = TimeUnit.SECONDS.toNanos(bytes) / MIN_BYTES_PER_SECOND;
    ScheduledFuture<?> end =
        context
            .executor()
            .schedule(() -> reset(context), patience.toNanos() + fair, TimeUnit.NANOSECONDS);
    sent.addListener(_ -> end.cancel(false));
  }

  /** To close the stream's channel is not enough: for it, all has been said on both sides. */
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a stream that is broken
  private static void reset(ChannelHandlerContext context) {
    context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    context.channel().close();
  }
}

package dev.berth.serving.grpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections on which nothing moves, unless the reason is that we are at work: clients that
 * still want something connect again by themselves.
 */
final class IdleConnections extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(IdleConnections.class);

  private final Http2FrameCodec codec;
  private final ConnectionState state;

  IdleConnections(Http2FrameCodec codec, ConnectionState state) {
    this.codec = codec;
    this.state = state;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a connection that is ending
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent && !state.atWork()) {
      codec.gracefulShutdownTimeoutMillis(0);
      ctx.close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    // Settings, pings and farewells, which the codec has obeyed already.
    ReferenceCountUtil.release(frame);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("gRPC connection of {} closed", ctx.channel().remoteAddress(), cause);
    }
    ctx.close();
  }
}

package dev.berth.serving.grpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a connection ends. A server that leaves says so first, goes on until it is sure that the
 * client has heard it (RFC 9113, 6.8) and the last call is answered, and then stops to send: to
 * close with bytes of the client's on the way would reset the connection and could take answers
 * with it. A connection on which nothing moves is left in the same way, unless the reason is that
 * we are at work: clients that still want something connect again by themselves.
 */
// Nothing waits for a connection that is ending.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionEnd extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(ConnectionEnd.class);

  /** A ping of ours: whatever a client sends before it answers, it sent without having heard. */
  private static final long HEARD = 0x6265727468L;

  private static final long LINGER_MILLIS = 1000;

  private final Http2FrameCodec codec;
  private final ConnectionState state;
  private ChannelHandlerContext context;
  private boolean leaving;

  ConnectionEnd(Http2FrameCodec codec, ConnectionState state) {
    this.codec = codec;
    this.state = state;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  /** Ends the connection with its last call. Called on its event loop. */
  void farewell() {
    leaving = true;
    context.write(
        new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
    context.writeAndFlush(new DefaultHttp2PingFrame(HEARD));
  }

  /** Ends it at once. Called on its event loop. */
  void now() {
    codec.gracefulShutdownTimeoutMillis(0);
    context.channel().close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    // Settings, pings and farewells of clients, which the codec has obeyed already.
    if (frame instanceof Http2PingFrame ping && ping.ack() && ping.content() == HEARD) {
      state.onQuiet(this::lastWord);
    }
    ReferenceCountUtil.release(frame);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent && !state.atWork()) {
      if (leaving) {
        now();
      } else {
        farewell();
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("gRPC connection of {} closed", ctx.channel().remoteAddress(), cause);
    }
    now();
  }

  private void lastWord() {
    context
        .writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR))
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                linger();
              } else {
                now();
              }
            });
  }

  private void linger() {
    context.pipeline().addFirst(new Deaf());
    ((SocketChannel) context.channel()).shutdownOutput();
    context.executor().schedule(this::now, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Throws away what a client sends after our last word. */
  private static final class Deaf extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      ReferenceCountUtil.release(bytes);
    }
  }
}

package dev.berth.serving.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection after its last answer. To close at once, with unread bytes of the client's on
 * the way, would reset the connection and could take the answer with it (RFC 9112, 9.6): so we stop
 * sending, and read on for a moment what we throw away.
 */
// Nothing waits for a connection that is ending.
@SuppressWarnings("FutureReturnValueIgnored")
final class Farewell {
  private static final long LINGER_MILLIS = 1000;
  private static final long LINGER_BYTES = 8L << 20;

  private final ChannelHandlerContext context;
  private long discarded;

  private Farewell(ChannelHandlerContext context) {
    this.context = context;
  }

  /** Sends what is still to be sent, and ends the connection. */
  static Farewell say(ChannelHandlerContext context) {
    Farewell farewell = new Farewell(context);
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                farewell.linger();
              } else {
                context.close();
              }
            });
    return farewell;
  }

  /** What the client sends in spite of it. */
  void discard(Object message) {
    discarded += message instanceof HttpContent piece ? piece.content().readableBytes() : 0;
    ReferenceCountUtil.release(message);
    if (discarded > LINGER_BYTES) {
      context.close();
    }
  }

  private void linger() {
    ((SocketChannel) context.channel()).shutdownOutput();
    context.channel().config().setAutoRead(true);
    context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}

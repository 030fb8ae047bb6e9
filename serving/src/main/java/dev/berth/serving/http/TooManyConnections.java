package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;

/** Turns a connection away, unread, with words and a time to come back. */
final class TooManyConnections {
  static void turnAway(SocketChannel channel) {
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext ctx) {
                ctx.writeAndFlush(answer()).addListener(ChannelFutureListener.CLOSE);
              }
            });
  }

  private static ByteBuf answer() {
    byte[] body =
        new WireError(ErrorCode.UNAVAILABLE, "too many connections: try again", RequestIds.next())
            .json();
    String head =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 1\r\n"
            + "Connection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    return Unpooled.wrappedBuffer(head.getBytes(US_ASCII), body);
  }

  private TooManyConnections() {}
}

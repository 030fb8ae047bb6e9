package dev.berth.serving.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcAnswer.Message;
import dev.berth.serving.grpc.GrpcAnswer.Whole;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/**
 * Answers as frames: headers, the message, and trailers with the status; or the trailers alone.
 * What follows a client's call that is answered before it is complete is reset with the stream.
 */
final class GrpcFrames {
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  private static final AsciiString GRPC = AsciiString.cached("application/grpc");
  private static final AsciiString STATUS = AsciiString.cached("grpc-status");
  private static final AsciiString MESSAGE = AsciiString.cached("grpc-message");
  private static final AsciiString ACCEPT_ENCODING = AsciiString.cached("grpc-accept-encoding");
  private static final AsciiString CODINGS = AsciiString.cached("identity,gzip");
  private static final AsciiString OK = AsciiString.cached("200");
  private static final AsciiString ZERO = AsciiString.cached("0");

  private GrpcFrames() {}

  /** A whole answer; done when its last byte has left. */
  static ChannelFuture answer(ChannelHandlerContext context, Http2Headers metadata, Whole answer) {
    return switch (answer) {
      case Message message -> {
        begin(context, metadata, message.bytes().length);
        piece(context, Unpooled.wrappedBuffer(message.bytes()));
        yield ok(context);
      }
      case Failed failed -> end(context, status(head(metadata), failed));
    };
  }

  /** Headers and the beginning of a message of so many bytes. */
  @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
  static void begin(ChannelHandlerContext context, Http2Headers metadata, int bytes) {
    context.write(new DefaultHttp2HeadersFrame(head(metadata), false));
    ByteBuf prefix = context.alloc().buffer(GrpcCall.PREFIX_BYTES);
    piece(context, prefix.writeByte(0).writeInt(bytes));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // as above
  static void piece(ChannelHandlerContext context, ByteBuf piece) {
    context.write(new DefaultHttp2DataFrame(piece, false));
  }

  /** The message is complete; done when its last byte has left. */
  static ChannelFuture ok(ChannelHandlerContext context) {
    return end(context, new DefaultHttp2Headers(false).set(STATUS, ZERO));
  }

  /** The rest of the message will not come, for this reason. */
  static ChannelFuture breakOff(ChannelHandlerContext context, Failed failed) {
    return end(context, status(new DefaultHttp2Headers(), failed));
  }

  /** The answer of HTTP to a request that is no call. */
  @SuppressWarnings("FutureReturnValueIgnored") // as above
  static void notGrpc(ChannelHandlerContext context, String status) {
    end(context, new DefaultHttp2Headers().status(status));
  }

  private static Http2Headers head(Http2Headers metadata) {
    Http2Headers head = new DefaultHttp2Headers().status(OK);
    metadata.forEach(header -> head.add(header.getKey(), header.getValue()));
    return head.set(CONTENT_TYPE, GRPC).set(ACCEPT_ENCODING, CODINGS);
  }

  private static Http2Headers status(Http2Headers trailers, Failed failed) {
    return trailers
        .set(STATUS, Integer.toString(failed.status().code()))
        .set(MESSAGE, percentEncoded(failed.words()));
  }

  private static ChannelFuture end(ChannelHandlerContext context, Http2Headers last) {
    return context
        .writeAndFlush(new DefaultHttp2HeadersFrame(last, true))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** The coding of a status message: ASCII as it is, all else and the sign itself by percent. */
  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b));
      }
    }
    return encoded.toString();
  }
}

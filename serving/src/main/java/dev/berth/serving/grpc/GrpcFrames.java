package dev.berth.serving.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcAnswer.Message;
import dev.berth.serving.grpc.GrpcAnswer.Whole;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

  @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
  static void answer(ChannelHandlerContext context, Whole answer) {
    switch (answer) {
      case Message message -> {
        ByteBuf prefix = context.alloc().buffer(GrpcCall.PREFIX_BYTES);
        prefix.writeByte(0).writeInt(message.bytes().length);
        ByteBuf framed = Unpooled.wrappedBuffer(prefix, Unpooled.wrappedBuffer(message.bytes()));
        context.write(new DefaultHttp2HeadersFrame(head(), false));
        context.write(new DefaultHttp2DataFrame(framed, false));
        Http2Headers trailers = new DefaultHttp2Headers(false).set(STATUS, ZERO);
        end(context, trailers);
      }
      case Failed failed -> {
        Http2Headers trailers = head();
        trailers.set(STATUS, Integer.toString(failed.status().code()));
        trailers.set(MESSAGE, percentEncoded(failed.words()));
        end(context, trailers);
      }
    }
  }

  /** The answer of HTTP to a request that is no call. */
  static void notGrpc(ChannelHandlerContext context, String status) {
    end(context, new DefaultHttp2Headers().status(status));
  }

  private static Http2Headers head() {
    return new DefaultHttp2Headers()
        .status(OK)
        .set(CONTENT_TYPE, GRPC)
        .set(ACCEPT_ENCODING, CODINGS);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static void end(ChannelHandlerContext context, Http2Headers last) {
    context
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

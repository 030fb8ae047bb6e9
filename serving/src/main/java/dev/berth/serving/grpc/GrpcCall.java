package dev.berth.serving.grpc;

import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcAnswer.Whole;
import dev.berth.serving.http.Gzip;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call: a stream of HTTP/2, from its headers to its trailers. */
final class GrpcCall extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(GrpcCall.class);

  /** Before a message: whether it is packed, and its length. */
  static final int PREFIX_BYTES = 5;

  /** Requests up to here are not counted as held. */
  private static final int UNCOUNTED_BYTES = 64 << 10;

  private final ConnectionState connection;
  private ChannelHandlerContext context;
  private Http2Headers metadata = EmptyHttp2Headers.INSTANCE;
  private String method = "";
  private String coding = "";
  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private long charged;
  private boolean workReadsBody;
  private Optional<StreamedMessage> stream = Optional.empty();
  private boolean done;

  GrpcCall(ConnectionState connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    connection.begun();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    connection.ended();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    try {
      if (done) {
        return;
      }
      if (frame instanceof Http2HeadersFrame headers) {
        if (method.isEmpty()) {
          begin(headers.headers());
        }
        completeIf(headers.isEndStream());
      } else if (frame instanceof Http2DataFrame data) {
        append(data.content());
        completeIf(data.isEndStream());
      } else {
        ctx.fireChannelRead(ReferenceCountUtil.retain(frame));
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    stream.ifPresent(StreamedMessage::writabilityChanged);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    done = true;
    stream.ifPresent(StreamedMessage::clientLeft);
    releaseBody();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a stream that is broken
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("call of {} broken off", method, cause);
    ctx.close();
  }

  private void begin(Http2Headers headers) {
    CharSequence type = headers.get("content-type");
    boolean grpc = type != null && type.toString().matches("application/grpc([+;].*)?");
    if (!"POST".contentEquals(headers.method()) || !grpc) {
      done = true;
      GrpcFrames.notGrpc(context, grpc ? "405" : "415");
      return;
    }
    metadata = headers;
    method = headers.path().toString();
    CharSequence encoding = headers.get("grpc-encoding");
    coding = encoding == null ? "identity" : encoding.toString();
  }

  private void append(ByteBuf piece) {
    int more = piece.readableBytes();
    int size = body.readableBytes() + more;
    if (size - PREFIX_BYTES > connection.options().maxMessageBytes()) {
      fail(GrpcStatus.RESOURCE_EXHAUSTED, tooLarge());
      return;
    }
    if (size > UNCOUNTED_BYTES) {
      if (!connection.held().take(more)) {
        fail(GrpcStatus.UNAVAILABLE, "too many large requests at once: try again");
        return;
      }
      charged += more;
    }
    if (body.capacity() == 0) {
      // An array behind it is what readers of messages want.
      body = context.alloc().heapBuffer(Math.max(more, 256));
    }
    body.writeBytes(piece);
  }

  private void completeIf(boolean ended) {
    if (!ended || done) {
      return;
    }
    if (body.readableBytes() < PREFIX_BYTES
        || body.getInt(1) != body.readableBytes() - PREFIX_BYTES) {
      fail(GrpcStatus.INVALID_ARGUMENT, "a call here carries exactly one message");
      return;
    }
    boolean packed = body.readByte() != 0;
    body.skipBytes(Integer.BYTES);
    Optional<ByteBuf> message = packed ? unpacked() : Optional.of(body);
    message.ifPresent(this::dispatch);
  }

  private Optional<ByteBuf> unpacked() {
    if (!coding.equals("gzip")) {
      fail(GrpcStatus.UNIMPLEMENTED, "messages packed by '" + coding + "' are not read here");
      return Optional.empty();
    }
    try {
      Optional<ByteBuf> message = Gzip.unpack(body, connection.options().maxMessageBytes());
      if (message.isEmpty()) {
        fail(GrpcStatus.RESOURCE_EXHAUSTED, tooLarge());
      }
      return message;
    } catch (IOException e) {
      fail(GrpcStatus.INVALID_ARGUMENT, "the message is not the gzip that it claims to be: " + e);
      return Optional.empty();
    }
  }

  private void dispatch(ByteBuf message) {
    try {
      switch (connection.handler().call(new GrpcRequest(method, metadata, message))) {
        case Whole whole -> answer(whole);
        case GrpcAnswer.Later later -> answerLater(later);
        case GrpcAnswer.Streamed streamed -> answerInPieces(streamed);
      }
    } catch (RuntimeException e) {
      answer(internal(e));
    }
  }

  private void answerInPieces(GrpcAnswer.Streamed streamed) {
    StreamedMessage message =
        new StreamedMessage(context, connection.options().idleTimeout(), this::streamDone);
    stream = Optional.of(message);
    connection.working(1);
    try {
      streamed.writer().accept(message);
    } catch (RuntimeException e) {
      message.answer(EmptyHttp2Headers.INSTANCE, internal(e));
    }
  }

  private void streamDone() {
    done = true;
    connection.working(-1);
    releaseBody();
  }

  private void answerLater(GrpcAnswer.Later later) {
    workReadsBody = true;
    connection.working(1);
    try {
      later
          .executor()
          .execute(
              () -> {
                Whole answer = made(later);
                context.executor().execute(() -> workDone(answer));
              });
    } catch (RejectedExecutionException _) {
      workDone(new Failed(GrpcStatus.UNAVAILABLE, "too busy: try again"));
    }
  }

  private Whole made(GrpcAnswer.Later later) {
    try {
      return later.work().call();
    } catch (Exception e) {
      return internal(e);
    }
  }

  private void workDone(Whole answer) {
    workReadsBody = false;
    connection.working(-1);
    if (done) {
      releaseBody();
    } else {
      answer(answer);
    }
  }

  private Failed internal(Exception cause) {
    log.error("call of {} failed", method, cause);
    return new Failed(GrpcStatus.INTERNAL, "internal error; the server's log has it");
  }

  private void fail(GrpcStatus status, String words) {
    answer(new Failed(status, words));
  }

  private void answer(Whole answer) {
    done = true;
    releaseBody();
    ChannelFuture sent = GrpcFrames.answer(context, EmptyHttp2Headers.INSTANCE, answer);
    long bytes = answer instanceof GrpcAnswer.Message message ? message.bytes().length : 0;
    Unread.bound(context, sent, bytes, connection.options().idleTimeout());
  }

  private void releaseBody() {
    if (workReadsBody) {
      return;
    }
    body.release();
    body = Unpooled.EMPTY_BUFFER;
    connection.held().giveBack(charged);
    charged = 0;
  }

  private String tooLarge() {
    return "the message is larger than "
        + connection.options().maxMessageBytes()
        + " bytes, the limit here";
  }
}

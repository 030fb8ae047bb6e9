package dev.berth.router.grpc;

import dev.berth.router.proxy.Complaint;
import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcStatus;
import dev.berth.serving.grpc.MessageStream;
import dev.berth.serving.wire.MediaTypes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Optional;

/** Sends the body of a good answer on as the message; turns any other into a status with words. */
final class MessageReply extends Reply {
  private final Complaint complaint = new Complaint();
  private Http2Headers metadata = EmptyHttp2Headers.INSTANCE;
  private int status;
  private boolean message;

  MessageReply(MessageStream client) {
    super(client);
  }

  @Override
  public void start(int newStatus, HttpHeaders headers) {
    status = newStatus;
    metadata = Metadata.toGrpc(headers);
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    message =
        status == 200
            && length != null
            && MediaTypes.isProtobuf(
                Optional.ofNullable(headers.get(HttpHeaderNames.CONTENT_TYPE)));
    if (message) {
      client().start(metadata, Long.parseLong(length));
    }
  }

  @Override
  public boolean started() {
    return status != 0;
  }

  @Override
  public void write(ByteBuf piece) {
    if (message) {
      client().write(piece);
    } else {
      complaint.add(piece);
      piece.release();
    }
  }

  @Override
  public void flush() {
    client().flush();
  }

  @Override
  public void end() {
    if (message) {
      client().end();
    } else if (status == 200) {
      client().answer(metadata, new Failed(GrpcStatus.UNIMPLEMENTED, "this model speaks no gRPC"));
    } else {
      client().answer(metadata, new Failed(GrpcStatus.ofHttp(status), complaint.words()));
    }
  }
}

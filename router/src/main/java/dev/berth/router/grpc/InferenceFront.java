package dev.berth.router.grpc;

import dev.berth.router.table.Switchboard;
import dev.berth.serving.grpc.GrpcAnswer;
import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcAnswer.Message;
import dev.berth.serving.grpc.GrpcHandler;
import dev.berth.serving.grpc.GrpcRequest;
import dev.berth.serving.grpc.GrpcStatus;
import dev.berth.serving.grpc.MessageStream;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Handler;
import dev.berth.serving.http.Request;
import dev.berth.serving.protobuf.ProtobufException;
import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufWriter;
import dev.berth.serving.wire.ServerIdentity;
import dev.berth.serving.wire.WirePaths;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * {@code inference.GRPCInferenceService} for every endpoint: the model's name in a message is the
 * endpoint's. What is asked of the server itself is answered here.
 */
public final class InferenceFront implements GrpcHandler {
  private static final String SERVICE = "/inference.GRPCInferenceService/";

  private final Switchboard switchboard;
  private final Handler proxy;

  /**
   * A front of the proxy.
   *
   * @param proxy what answers the same questions over HTTP
   */
  public InferenceFront(Switchboard switchboard, Handler proxy) {
    this.switchboard = switchboard;
    this.proxy = proxy;
  }

  @Override
  public GrpcAnswer call(GrpcRequest call) {
    try {
      return switch (call.method()) {
        case SERVICE + "ServerLive" -> new Message(truth(true));
        case SERVICE + "ServerReady" -> new Message(truth(switchboard.loaded()));
        case SERVICE + "ServerMetadata" -> new Message(serverMetadata());
        case SERVICE + "ModelReady" -> get(call, "/ready", ReadyReply::new);
        case SERVICE + "ModelMetadata" -> get(call, "", MessageReply::new);
        case SERVICE + "ModelInfer" ->
            ask(call, HttpMethod.POST, "/infer", call.message(), MessageReply::new);
        default -> new Failed(GrpcStatus.UNIMPLEMENTED, "no method is called " + call.method());
      };
    } catch (ProtobufException e) {
      return new Failed(GrpcStatus.INVALID_ARGUMENT, e.getMessage());
    }
  }

  /** How an answer of HTTP goes to a client of gRPC. */
  @FunctionalInterface
  private interface Translation {
    Reply to(MessageStream client);
  }

  private GrpcAnswer get(GrpcRequest call, String verb, Translation translation) {
    return ask(call, HttpMethod.GET, verb, Unpooled.EMPTY_BUFFER, translation);
  }

  private GrpcAnswer ask(
      GrpcRequest call, HttpMethod method, String verb, ByteBuf body, Translation translation) {
    HttpHeaders headers;
    try {
      headers = Metadata.toHttp(call.metadata());
    } catch (IllegalArgumentException e) {
      return new Failed(GrpcStatus.INVALID_ARGUMENT, "metadata: " + e.getMessage());
    }
    Request request = Request.of(method, path(call.message()) + verb, headers, body);
    return new GrpcAnswer.Streamed(client -> answer(request, translation.to(client)));
  }

  private void answer(Request request, Reply reply) {
    switch (proxy.handle(request)) {
      case Answer.Whole whole -> reply.answer(whole);
      case Answer.Streamed streamed -> streamed.writer().accept(reply);
      case Answer.Later _ -> throw new IllegalStateException("the router has no workers");
    }
  }

  /** Where HTTP has the model that a message names in its first two fields. */
  private static String path(ByteBuf message) {
    int from = message.arrayOffset() + message.readerIndex();
    ProtobufReader fields =
        new ProtobufReader(message.array(), from, from + message.readableBytes());
    String name = "";
    String version = "";
    while (fields.next()) {
      switch (fields.field()) {
        case 1 -> name = fields.string();
        case 2 -> version = fields.string();
        default -> {}
      }
    }
    String path = WirePaths.V2_MODELS + encoded(name);
    return version.isEmpty() ? path : path + "/versions/" + encoded(version);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A message whose first field is a truth value; one at its default is not written. */
  static byte[] truth(boolean value) {
    ProtobufWriter message = new ProtobufWriter();
    return (value ? message.bool(1, true) : message).toBytes();
  }

  private static byte[] serverMetadata() {
    return new ProtobufWriter()
        .string(1, ServerIdentity.NAME)
        .string(2, ServerIdentity.VERSION)
        .toBytes();
  }
}

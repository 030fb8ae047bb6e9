package dev.berth.router.grpc;

import dev.berth.router.table.Switchboard;
import dev.berth.serving.grpc.GrpcAnswer;
import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcHandler;
import dev.berth.serving.grpc.GrpcRequest;
import dev.berth.serving.grpc.GrpcStatus;
import dev.berth.serving.grpc.InferenceMessages;
import dev.berth.serving.grpc.InferenceMessages.ModelName;
import dev.berth.serving.grpc.MessageStream;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Handler;
import dev.berth.serving.http.Request;
import dev.berth.serving.protobuf.ProtobufException;
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
        case InferenceMessages.SERVICE + "ServerLive" -> InferenceMessages.truth(true);
        case InferenceMessages.SERVICE + "ServerReady" ->
            InferenceMessages.truth(switchboard.loaded());
        case InferenceMessages.SERVICE + "ServerMetadata" -> InferenceMessages.serverMetadata();
        case InferenceMessages.SERVICE + "ModelReady" -> get(call, "/ready", ReadyReply::new);
        case InferenceMessages.SERVICE + "ModelMetadata" -> get(call, "", MessageReply::new);
        case InferenceMessages.SERVICE + "ModelInfer" ->
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

  /** Where HTTP has the model that a message names. */
  private static String path(ByteBuf message) {
    ModelName model = ModelName.read(message);
    String path = WirePaths.V2_MODELS + encoded(model.name());
    return model.version().isEmpty() ? path : path + "/versions/" + encoded(model.version());
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

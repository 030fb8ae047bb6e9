package dev.berth.serving.grpc;

import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufWriter;
import dev.berth.serving.wire.ServerIdentity;
import io.netty.buffer.ByteBuf;

/** The small messages of {@code inference.GRPCInferenceService}, which every server of ours has. */
public final class InferenceMessages {
  /** What the service's methods begin with. */
  public static final String SERVICE = "/inference.GRPCInferenceService/";

  private InferenceMessages() {}

  /** What every request about a model says first. */
  public record ModelName(String name, String version) {
    /**
     * Reads it out of a request.
     *
     * @throws dev.berth.serving.protobuf.ProtobufException when that is no message
     */
    public static ModelName read(ByteBuf message) {
      int from = message.arrayOffset() + message.readerIndex();
      ProtobufReader reader =
          new ProtobufReader(message.array(), from, from + message.readableBytes());
      String name = "";
      String version = "";
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> name = reader.string();
          case 2 -> version = reader.string();
          default -> {}
        }
      }
      return new ModelName(name, version);
    }
  }

  /** A message whose one field is a truth value; one at its default is not written. */
  public static GrpcAnswer.Message truth(boolean value) {
    ProtobufWriter message = new ProtobufWriter();
    return new GrpcAnswer.Message((value ? message.bool(1, true) : message).toBytes());
  }

  /** Who we are. */
  public static GrpcAnswer.Message serverMetadata() {
    return new GrpcAnswer.Message(
        new ProtobufWriter()
            .string(1, ServerIdentity.NAME)
            .string(2, ServerIdentity.VERSION)
            .toBytes());
  }
}

package dev.berth.modelserver.grpc;

import dev.berth.modelserver.invoke.ModelLookup;
import dev.berth.modelserver.invoke.Refusal;
import dev.berth.modelserver.invoke.Workers;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.TooManyRowsException;
import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.modelserver.tensor.InferProtobufReader;
import dev.berth.modelserver.tensor.InferProtobufWriter;
import dev.berth.modelserver.tensor.InferRequest;
import dev.berth.modelserver.tensor.InvalidTensorException;
import dev.berth.modelserver.tensor.OutputTensor;
import dev.berth.serving.grpc.GrpcAnswer;
import dev.berth.serving.grpc.GrpcAnswer.Failed;
import dev.berth.serving.grpc.GrpcAnswer.Message;
import dev.berth.serving.grpc.GrpcHandler;
import dev.berth.serving.grpc.GrpcRequest;
import dev.berth.serving.grpc.GrpcStatus;
import dev.berth.serving.protobuf.ProtobufException;
import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufWriter;
import dev.berth.serving.wire.ServerIdentity;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * {@code inference.GRPCInferenceService}; its messages are in {@code open-inference.proto}.
 * Inference that costs microseconds is answered on the event loop, other on the workers.
 */
public final class InferenceService implements GrpcHandler {
  private static final String SERVICE = "/inference.GRPCInferenceService/";

  private final ModelLookup lookup;
  private final ServerMetrics metrics;
  private final Workers workers;

  public InferenceService(ModelLookup lookup, ServerMetrics metrics, Workers workers) {
    this.lookup = lookup;
    this.metrics = metrics;
    this.workers = workers;
  }

  @Override
  public GrpcAnswer call(GrpcRequest request) {
    ByteBuf message = request.message();
    try {
      return switch (request.method()) {
        case SERVICE + "ServerLive" -> truth(true);
        case SERVICE + "ServerReady" -> truth(lookup.ready());
        case SERVICE + "ModelReady" -> {
          ModelName model = ModelName.read(message);
          yield truth(lookup.ready(model.name, model.version));
        }
        case SERVICE + "ServerMetadata" -> serverMetadata();
        case SERVICE + "ModelMetadata" -> {
          ModelName model = ModelName.read(message);
          yield new Message(lookup.named(model.name, model.version).signature().toProtobuf());
        }
        case SERVICE + "ModelInfer" -> infer(message);
        default -> new Failed(GrpcStatus.UNIMPLEMENTED, "no method is called " + request.method());
      };
    } catch (Refusal refusal) {
      return refused("", refusal);
    } catch (ProtobufException | InvalidTensorException e) {
      return invalid("", e);
    }
  }

  /** What the requests about one model say. */
  private record ModelName(String name, String version) {
    static ModelName read(ByteBuf message) {
      ProtobufReader reader = reader(message);
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

  private GrpcAnswer infer(ByteBuf message) {
    int from = message.arrayOffset() + message.readerIndex();
    int size = message.readableBytes();
    InferRequest request = InferProtobufReader.read(message.array(), from, from + size);
    ServedModel model = lookup.named(request.model(), request.version());
    // A value takes two bytes at the least but for the smallest datatypes.
    long cost = model.cost(1 + size / (2L * Math.max(1, model.width())));
    return Workers.isCheap(cost, size)
        ? infer(model, request)
        : new GrpcAnswer.Later(workers.threads(), workers.placed(() -> infer(model, request)));
  }

  private GrpcAnswer.Whole infer(ServedModel model, InferRequest request) {
    String name = model.facts().name();
    try {
      List<OutputTensor> outputs =
          metrics
              .of(name)
              .answering(() -> model.infer(request, Scratch.ofThread()), o -> o.getFirst().rows());
      return new Message(
          InferProtobufWriter.write(request, name, ServedModel.VERSION, outputs).toBytes());
    } catch (InvalidTensorException | InvalidRowsException | ProtobufException e) {
      return invalid(name, e);
    } catch (TooManyRowsException e) {
      metrics.refused(name, 413);
      return new Failed(GrpcStatus.RESOURCE_EXHAUSTED, e.getMessage());
    }
  }

  private Failed invalid(String model, RuntimeException complaint) {
    metrics.refused(model, 400);
    return new Failed(GrpcStatus.INVALID_ARGUMENT, complaint.getMessage());
  }

  private Failed refused(String model, Refusal refusal) {
    metrics.refused(model, refusal.code().status());
    GrpcStatus status =
        switch (refusal.code()) {
          case NOT_FOUND -> GrpcStatus.NOT_FOUND;
          case NOT_READY -> GrpcStatus.RESOURCE_EXHAUSTED;
          case UNAVAILABLE -> GrpcStatus.UNAVAILABLE;
          default -> GrpcStatus.INVALID_ARGUMENT;
        };
    return new Failed(status, refusal.getMessage());
  }

  private static GrpcAnswer truth(boolean value) {
    ProtobufWriter message = new ProtobufWriter();
    // A field that is at its default is not written.
    return new Message(value ? message.bool(1, true).toBytes() : message.toBytes());
  }

  private static GrpcAnswer serverMetadata() {
    return new Message(
        new ProtobufWriter()
            .string(1, ServerIdentity.NAME)
            .string(2, ServerIdentity.VERSION)
            .toBytes());
  }

  /** Messages of serving's gRPC have an array behind them. */
  private static ProtobufReader reader(ByteBuf message) {
    int from = message.arrayOffset() + message.readerIndex();
    return new ProtobufReader(message.array(), from, from + message.readableBytes());
  }
}

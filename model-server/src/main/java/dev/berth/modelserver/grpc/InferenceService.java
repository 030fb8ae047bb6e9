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
import dev.berth.serving.grpc.InferenceMessages;
import dev.berth.serving.grpc.InferenceMessages.ModelName;
import dev.berth.serving.protobuf.ProtobufException;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * {@code inference.GRPCInferenceService}; its messages are in {@code open-inference.proto}.
 * Inference that costs microseconds is answered on the event loop, other on the workers.
 */
public final class InferenceService implements GrpcHandler {
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
        case InferenceMessages.SERVICE + "ServerLive" -> InferenceMessages.truth(true);
        case InferenceMessages.SERVICE + "ServerReady" -> InferenceMessages.truth(lookup.ready());
        case InferenceMessages.SERVICE + "ModelReady" -> {
          ModelName model = ModelName.read(message);
          yield InferenceMessages.truth(lookup.ready(model.name(), model.version()));
        }
        case InferenceMessages.SERVICE + "ServerMetadata" -> InferenceMessages.serverMetadata();
        case InferenceMessages.SERVICE + "ModelMetadata" -> {
          ModelName model = ModelName.read(message);
          yield new Message(lookup.named(model.name(), model.version()).signature().toProtobuf());
        }
        case InferenceMessages.SERVICE + "ModelInfer" -> infer(message);
        default -> new Failed(GrpcStatus.UNIMPLEMENTED, "no method is called " + request.method());
      };
    } catch (Refusal refusal) {
      return refused("", refusal);
    } catch (ProtobufException | InvalidTensorException e) {
      return invalid("", e);
    }
  }

  private GrpcAnswer infer(ByteBuf message) {
    int from = message.arrayOffset() + message.readerIndex();
    int size = message.readableBytes();
    InferRequest request = InferProtobufReader.read(message.array(), from, from + size);
    ServedModel model = lookup.named(request.model(), request.version());
    return Workers.isCheap(model.costOfTensors(size), size)
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
}

package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.media.ByteRun;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.TooManyRowsException;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.modelserver.tensor.InferProtobufReader;
import dev.berth.modelserver.tensor.InferProtobufWriter;
import dev.berth.modelserver.tensor.InferRequest;
import dev.berth.modelserver.tensor.InvalidTensorException;
import dev.berth.modelserver.tensor.OutputTensor;
import dev.berth.serving.http.Answer;
import dev.berth.serving.protobuf.ProtobufException;
import dev.berth.serving.protobuf.ProtobufWriter;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.MediaTypes;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A request of the Open Inference Protocol over HTTP whose body is gRPC's message: how the router
 * hands a gRPC call on. The path says which model, whatever the message's own {@code model_name}.
 */
record ProtobufInference() implements Question {
  @Override
  public long cost(ServedModel model, ByteBuf body) {
    return leastCost(model, body.readableBytes());
  }

  @Override
  public long leastCost(ServedModel model, int bodyBytes) {
    return model.costOfTensors(bodyBytes);
  }

  @Override
  public Reply answer(ServedModel model, ByteRun body, Scratch scratch) {
    try {
      InferRequest request = InferProtobufReader.read(body.array(), body.from(), body.to());
      List<OutputTensor> outputs = model.infer(request, scratch);
      ProtobufWriter message =
          InferProtobufWriter.write(request, model.facts().name(), ServedModel.VERSION, outputs);
      AnswerBuffer answer = scratch.answer();
      answer.clear();
      answer.put(message.array(), 0, message.size());
      return new Reply(outputs.getFirst().rows(), MediaTypes.PROTOBUF, 0);
    } catch (InvalidTensorException | InvalidRowsException | ProtobufException e) {
      throw new Refusal(ErrorCode.VALIDATION, e.getMessage());
    } catch (TooManyRowsException e) {
      throw new Refusal(ErrorCode.TOO_LARGE, e.getMessage());
    }
  }

  @Override
  public Answer.Whole refusal(Refusal refusal) {
    return Inference.error(refusal);
  }
}

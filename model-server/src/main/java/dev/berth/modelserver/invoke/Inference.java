package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.media.ByteRun;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.TooManyRowsException;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.modelserver.tensor.InferJsonReader;
import dev.berth.modelserver.tensor.InferJsonWriter;
import dev.berth.modelserver.tensor.InferRequest;
import dev.berth.modelserver.tensor.InvalidTensorException;
import dev.berth.modelserver.tensor.OutputTensor;
import dev.berth.serving.http.Answer;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A request of the Open Inference Protocol over HTTP.
 *
 * @param jsonBytes how many bytes of the body are JSON, the rest raw tensors; -1: all of them
 */
record Inference(int jsonBytes) implements Question {
  private static final String JSON = "application/json";
  private static final String RAW = "application/octet-stream";

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
    if (jsonBytes > body.length()) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          Predictions.JSON_BYTES
              + " is "
              + jsonBytes
              + ", but the body has "
              + body.length()
              + " bytes");
    }
    int jsonTo = jsonBytes < 0 ? body.to() : body.from() + jsonBytes;
    try {
      InferRequest request = InferJsonReader.read(body.array(), body.from(), jsonTo, body.to());
      List<OutputTensor> outputs = model.infer(request, scratch);
      AnswerBuffer answer = scratch.answer();
      answer.clear();
      int json =
          new InferJsonWriter(request, answer)
              .write(model.facts().name(), ServedModel.VERSION, outputs);
      return new Reply(outputs.getFirst().rows(), json > 0 ? RAW : JSON, json);
    } catch (InvalidTensorException | InvalidRowsException e) {
      throw new Refusal(ErrorCode.VALIDATION, e.getMessage());
    } catch (TooManyRowsException e) {
      throw new Refusal(ErrorCode.TOO_LARGE, e.getMessage());
    }
  }

  @Override
  public Answer.Whole refusal(Refusal refusal) {
    return error(refusal);
  }

  /** The protocol's shape of an error; the headers are those of all our errors. */
  static Answer.Whole error(Refusal refusal) {
    AnswerBuffer json = new AnswerBuffer(Integer.MAX_VALUE);
    json.putAscii("{\"error\":").putJsonString(refusal.getMessage()).put('}');
    return Answer.of(refusal.code().status(), JSON, json.toBytes())
        .withHeader(WireHeaders.ERROR_TYPE, refusal.code().code())
        .withHeader(WireHeaders.REQUEST_ID, RequestIds.next());
  }
}

package dev.berth.modelserver.tensor;

import dev.berth.serving.protobuf.ProtobufWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An answer as a {@code ModelInferResponse} message, raw when the request was. */
public final class InferProtobufWriter {
  private static final int MODEL_NAME = 1;
  private static final int MODEL_VERSION = 2;
  private static final int ID = 3;
  private static final int OUTPUTS = 5;
  private static final int RAW_OUTPUT_CONTENTS = 6;

  private static final int TENSOR_NAME = 1;
  private static final int TENSOR_DATATYPE = 2;
  private static final int TENSOR_SHAPE = 3;
  private static final int TENSOR_CONTENTS = 5;
  private static final int FP32_CONTENTS = 6;
  private static final int BYTES_CONTENTS = 8;

  private InferProtobufWriter() {}

  /** The message, written. */
  public static ProtobufWriter write(
      InferRequest request, String model, String version, List<OutputTensor> outputs) {
    ProtobufWriter message = new ProtobufWriter();
    message.string(MODEL_NAME, model).string(MODEL_VERSION, version);
    request.id().ifPresent(id -> message.string(ID, id));
    for (OutputTensor output : outputs) {
      int tensor = message.begin(OUTPUTS);
      message.string(TENSOR_NAME, output.name());
      message.string(TENSOR_DATATYPE, output.datatype().name());
      message.int64s(TENSOR_SHAPE, output.shape().stream().mapToLong(Long::longValue).toArray());
      if (!request.raw()) {
        contents(output, message);
      }
      message.end(tensor);
    }
    if (request.raw()) {
      outputs.forEach(output -> raw(output, message));
    }
    return message;
  }

  private static void contents(OutputTensor output, ProtobufWriter message) {
    int contents = message.begin(TENSOR_CONTENTS);
    if (output.labels().isEmpty()) {
      message.floats(FP32_CONTENTS, output.values(), 0, output.size());
    }
    output.labels().forEach(label -> message.bytes(BYTES_CONTENTS, label));
    message.end(contents);
  }

  private static void raw(OutputTensor output, ProtobufWriter message) {
    if (output.labels().isEmpty()) {
      message.floats(RAW_OUTPUT_CONTENTS, output.values(), 0, output.size());
      return;
    }
    ByteBuffer raw = ByteBuffer.allocate(output.rawBytes()).order(ByteOrder.LITTLE_ENDIAN);
    output.labels().forEach(label -> raw.putInt(label.length).put(label));
    message.bytes(RAW_OUTPUT_CONTENTS, raw.array());
  }
}

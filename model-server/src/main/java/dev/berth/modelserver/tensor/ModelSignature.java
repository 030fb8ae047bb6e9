package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.serving.protobuf.ProtobufWriter;
import java.util.List;

/**
 * What a model takes and gives, as the protocol's model metadata.
 *
 * @param name of the model
 * @param version the one version that there is
 */
public record ModelSignature(
    String name, String version, List<Tensor> inputs, List<Tensor> outputs) {
  private static final String PLATFORM = "xgboost";

  /**
   * One tensor.
   *
   * @param shape its dimensions; -1 where any will do
   */
  public record Tensor(String name, Datatype datatype, List<Long> shape) {}

  /** The metadata as JSON. */
  public void writeJson(AnswerBuffer out) {
    out.putAscii("{\"name\":").putJsonString(name);
    out.putAscii(",\"versions\":[").putJsonString(version);
    out.putAscii("],\"platform\":\"").putAscii(PLATFORM).putAscii("\",\"inputs\":");
    writeJson(inputs, out);
    out.putAscii(",\"outputs\":");
    writeJson(outputs, out);
    out.put('}');
  }

  /** The metadata as a {@code ModelMetadataResponse} message. */
  public byte[] toProtobuf() {
    ProtobufWriter message = new ProtobufWriter();
    message.string(1, name).string(2, version).string(3, PLATFORM);
    writeProtobuf(4, inputs, message);
    writeProtobuf(5, outputs, message);
    return message.toBytes();
  }

  private static void writeJson(List<Tensor> tensors, AnswerBuffer out) {
    out.put('[');
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      out.putAscii(i == 0 ? "{\"name\":" : ",{\"name\":").putJsonString(tensor.name);
      out.putAscii(",\"datatype\":\"").putAscii(tensor.datatype.name());
      out.putAscii("\",\"shape\":").putAscii(tensor.shape.toString().replace(" ", "")).put('}');
    }
    out.put(']');
  }

  private static void writeProtobuf(int field, List<Tensor> tensors, ProtobufWriter message) {
    for (Tensor tensor : tensors) {
      int start = message.begin(field);
      message.string(1, tensor.name).string(2, tensor.datatype.name());
      message.int64s(3, tensor.shape.stream().mapToLong(Long::longValue).toArray());
      message.end(start);
    }
  }
}

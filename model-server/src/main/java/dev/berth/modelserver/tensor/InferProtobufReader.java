package dev.berth.modelserver.tensor;

import dev.berth.modelserver.tensor.InferRequest.RequestedOutput;
import dev.berth.serving.protobuf.ProtobufReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An inference request as a {@code ModelInferRequest} message. Tensors are in their contents or,
 * all of them, raw in {@code raw_input_contents}; an answer goes the way the request came.
 */
public final class InferProtobufReader {
  private static final int MODEL_NAME = 1;
  private static final int MODEL_VERSION = 2;
  private static final int ID = 3;
  private static final int INPUTS = 5;
  private static final int OUTPUTS = 6;
  private static final int RAW_INPUT_CONTENTS = 7;

  private static final int TENSOR_NAME = 1;
  private static final int TENSOR_DATATYPE = 2;
  private static final int TENSOR_SHAPE = 3;
  private static final int TENSOR_CONTENTS = 5;

  private final byte[] bytes;
  private final List<ProtobufReader> inputs = new ArrayList<>();
  private final List<int[]> raw = new ArrayList<>();

  private InferProtobufReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the message in {@code bytes[from, to)}.
   *
   * @throws InvalidTensorException when it does not follow the protocol
   * @throws dev.berth.serving.protobuf.ProtobufException when it is no message
   */
  public static InferRequest read(byte[] bytes, int from, int to) {
    return new InferProtobufReader(bytes).request(new ProtobufReader(bytes, from, to));
  }

  private InferRequest request(ProtobufReader message) {
    String model = "";
    String version = "";
    Optional<String> id = Optional.empty();
    List<RequestedOutput> outputs = new ArrayList<>();
    while (message.next()) {
      switch (message.field()) {
        case MODEL_NAME -> model = message.string();
        case MODEL_VERSION -> version = message.string();
        case ID -> id = Optional.of(message.string()).filter(text -> !text.isEmpty());
        case INPUTS -> inputs.add(message.message());
        case OUTPUTS -> outputs.add(output(message.message()));
        case RAW_INPUT_CONTENTS -> raw.add(new int[] {message.from(), message.to()});
        default -> {}
      }
    }
    if (!raw.isEmpty() && raw.size() != inputs.size()) {
      throw new InvalidTensorException(
          "there are "
              + inputs.size()
              + " inputs, but raw_input_contents holds "
              + raw.size()
              + "; give all of them raw, or none");
    }
    List<InputTensor> tensors = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      tensors.add(input(i));
    }
    return new InferRequest(model, version, id, tensors, outputs, !raw.isEmpty());
  }

  private InputTensor input(int index) {
    ProtobufReader message = inputs.get(index);
    String name = "";
    String datatype = "";
    List<Long> shape = new ArrayList<>();
    int from = 0;
    int to = 0;
    while (message.next()) {
      switch (message.field()) {
        case TENSOR_NAME -> name = message.string();
        case TENSOR_DATATYPE -> datatype = message.string();
        case TENSOR_SHAPE -> dimensions(message, shape);
        case TENSOR_CONTENTS -> {
          from = message.from();
          to = message.to();
        }
        default -> {}
      }
    }
    Datatype type = InputTensor.datatype(name, datatype);
    if (raw.isEmpty()) {
      return new InputTensor(name, type, shape, ContentsElements.of(name, type, bytes, from, to));
    }
    if (to > from) {
      throw InvalidTensorException.of(name, "has contents besides those in raw_input_contents");
    }
    int[] range = raw.get(index);
    return new InputTensor(
        name, type, shape, new RawElements(name, type, bytes, range[0], range[1]));
  }

  private static void dimensions(ProtobufReader message, List<Long> shape) {
    if (message.wire() != ProtobufReader.Wire.BYTES) {
      shape.add(message.number());
      return;
    }
    ProtobufReader packed = message.message();
    while (packed.hasMore()) {
      shape.add(packed.varint());
    }
  }

  private static RequestedOutput output(ProtobufReader message) {
    String name = "";
    while (message.next()) {
      if (message.field() == TENSOR_NAME) {
        name = message.string();
      }
    }
    return new RequestedOutput(name, Optional.empty());
  }
}

package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.JsonScanner;
import dev.berth.modelserver.tensor.InferRequest.RequestedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An inference request as JSON, with the raw bytes of some tensors behind it where the client uses
 * the binary extension. A tensor's data is passed over here and read when its rows are.
 */
public final class InferJsonReader {
  private final byte[] bytes;
  private final JsonScanner json;

  /** Where the raw bytes of the next tensor begin, and where all of them end. */
  private int rawAt;

  private final int to;
  private Optional<String> id = Optional.empty();
  private boolean rawOutputs;

  private InferJsonReader(byte[] bytes, int from, int jsonTo, int to) {
    this.bytes = bytes;
    this.json = new JsonScanner(bytes, from, jsonTo);
    this.rawAt = jsonTo;
    this.to = to;
  }

  /**
   * Reads the JSON in {@code bytes[from, jsonTo)}; what follows, up to {@code to}, are the tensors
   * that it says are raw, in its order.
   *
   * @throws InvalidTensorException when it does not follow the protocol
   * @throws dev.berth.modelserver.media.InvalidRowsException when it is not JSON
   */
  public static InferRequest read(byte[] bytes, int from, int jsonTo, int to) {
    return new InferJsonReader(bytes, from, jsonTo, to).request();
  }

  private InferRequest request() {
    List<InputTensor> inputs = new ArrayList<>();
    List<RequestedOutput> outputs = new ArrayList<>();
    members(
        key -> {
          switch (key) {
            case "id" -> id = optionalText();
            case "inputs" -> items(() -> inputs.add(input()));
            case "outputs" -> items(() -> outputs.add(output()));
            case "parameters" ->
                parameter("binary_data_output", () -> rawOutputs = truth("binary_data_output"));
            default -> json.skip(0, 0);
          }
        });
    if (json.peek() != 0 || !json.atEnd()) {
      throw json.broken(0, "there is more after the end");
    }
    if (rawAt != to) {
      throw new InvalidTensorException(
          (to - rawAt) + " bytes follow the JSON that no input's binary_data_size accounts for");
    }
    return new InferRequest("", "", id, inputs, outputs, rawOutputs);
  }

  /** An input's members as they come; the order is the client's. */
  private static final class Input {
    private String name = "";
    private String datatype = "";
    private final List<Long> shape = new ArrayList<>();
    private int dataFrom = -1;
    private int dataTo;
    private long rawBytes = -1;
  }

  private InputTensor input() {
    Input input = new Input();
    members(
        key -> {
          switch (key) {
            case "name" -> input.name = text(key);
            case "datatype" -> input.datatype = text(key);
            case "shape" -> items(() -> input.shape.add(whole(key)));
            case "parameters" ->
                parameter("binary_data_size", () -> input.rawBytes = whole("binary_data_size"));
            case "data" -> {
              json.peek();
              input.dataFrom = json.position();
              json.skip(0, 0);
              input.dataTo = json.position();
            }
            default -> json.skip(0, 0);
          }
        });
    Datatype datatype = InputTensor.datatype(input.name, input.datatype);
    return new InputTensor(input.name, datatype, input.shape, elements(input, datatype));
  }

  private Elements elements(Input input, Datatype datatype) {
    if (input.rawBytes >= 0) {
      if (input.dataFrom >= 0) {
        throw InvalidTensorException.of(input.name, "has both \"data\" and binary_data_size");
      }
      if (input.rawBytes > to - rawAt) {
        throw InvalidTensorException.of(
            input.name,
            "its binary_data_size is "
                + input.rawBytes
                + ", but only "
                + (to - rawAt)
                + " bytes are left behind the JSON");
      }
      int from = rawAt;
      rawAt += (int) input.rawBytes;
      return new RawElements(input.name, datatype, bytes, from, rawAt);
    }
    if (input.dataFrom < 0) {
      throw InvalidTensorException.of(input.name, "has neither \"data\" nor binary_data_size");
    }
    return new JsonElements(input.name, datatype, input.shape, bytes, input.dataFrom, input.dataTo);
  }

  private RequestedOutput output() {
    String[] name = {""};
    List<Boolean> raw = new ArrayList<>(1);
    members(
        key -> {
          switch (key) {
            case "name" -> name[0] = text(key);
            case "parameters" -> parameter("binary_data", () -> raw.add(truth("binary_data")));
            default -> json.skip(0, 0);
          }
        });
    return new RequestedOutput(name[0], raw.stream().findFirst());
  }

  private void members(Consumer<String> value) {
    if (!json.take('{')) {
      throw json.broken(0, "an object is expected");
    }
    if (json.take('}')) {
      return;
    }
    do {
      if (json.peek() != '"') {
        throw json.broken(0, "a name in quotes is expected");
      }
      json.string(0);
      String key = json.tokenText();
      json.expect(':', 0);
      value.accept(key);
    } while (json.take(','));
    json.expect('}', 0);
  }

  private void items(Runnable item) {
    if (!json.take('[')) {
      throw json.broken(0, "an array is expected");
    }
    if (json.take(']')) {
      return;
    }
    do {
      item.run();
    } while (json.take(','));
    json.expect(']', 0);
  }

  /** Reads one parameter of ours; there may be others. */
  private void parameter(String name, Runnable read) {
    members(
        key -> {
          if (key.equals(name)) {
            read.run();
          } else {
            json.skip(0, 0);
          }
        });
  }

  private Optional<String> optionalText() {
    json.peek();
    return json.word("null") ? Optional.empty() : Optional.of(text("id"));
  }

  private String text(String key) {
    if (json.peek() != '"') {
      throw json.broken(0, "\"" + key + "\" is not a text");
    }
    json.string(0);
    return json.tokenText();
  }

  private boolean truth(String key) {
    json.peek();
    if (json.word("true")) {
      return true;
    }
    if (!json.word("false")) {
      throw json.broken(0, "\"" + key + "\" is neither true nor false");
    }
    return false;
  }

  private long whole(String key) {
    byte first = json.peek();
    if (first < '0' || first > '9') {
      throw json.broken(0, "\"" + key + "\" takes whole numbers");
    }
    json.number(0);
    long value = 0;
    for (int at = json.tokenFrom(); at < json.tokenTo(); at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || value > Integer.MAX_VALUE) {
        throw json.broken(0, "\"" + key + "\" takes whole numbers of up to 2^31");
      }
      value = value * 10 + digit;
    }
    return value;
  }
}

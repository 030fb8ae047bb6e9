package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.Columns;
import dev.berth.modelserver.media.RowBlock;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks of a model.
 *
 * @param model the model's name where the request itself says it, else empty
 * @param version the model's version where the request itself says it, else empty
 * @param id given back with the answer
 * @param outputs empty: the model's answer
 * @param raw whether outputs go as raw bytes when nothing else is said of them
 */
public record InferRequest(
    String model,
    String version,
    Optional<String> id,
    List<InputTensor> inputs,
    List<RequestedOutput> outputs,
    boolean raw) {

  /**
   * One output that is wanted.
   *
   * @param raw whether it goes as raw bytes, where the client says it
   */
  public record RequestedOutput(String name, Optional<Boolean> raw) {}

  /**
   * Reads the rows of all inputs; they can be read once.
   *
   * @throws InvalidTensorException when the inputs do not suit the model
   * @throws dev.berth.modelserver.media.InvalidRowsException when a value does not
   */
  public void readRows(Columns columns, RowBlock rows) {
    new TensorRows(columns, inputs).read(rows);
  }
}

package dev.berth.modelserver.tensor;

import java.util.List;

/**
 * One input of a request.
 *
 * @param shape its dimensions, none negative
 * @param elements as many as the dimensions multiply to; read once
 */
record InputTensor(String name, Datatype datatype, List<Long> shape, Elements elements) {
  private static final int MAX_DIMENSIONS = 8;

  InputTensor {
    if (shape.isEmpty() || shape.size() > MAX_DIMENSIONS) {
      throw InvalidTensorException.of(
          name, "its shape has " + shape.size() + " dimensions; 2 are usual: [rows, features]");
    }
    if (shape.stream().anyMatch(dimension -> dimension < 0)) {
      throw InvalidTensorException.of(name, "its shape " + shape + " has a negative dimension");
    }
  }

  static Datatype datatype(String name, String datatype) {
    return Datatype.of(datatype)
        .orElseThrow(
            () ->
                InvalidTensorException.of(
                    name,
                    datatype.isEmpty()
                        ? "it has no datatype"
                        : "'" + datatype + "' is no datatype of the protocol"));
  }
}

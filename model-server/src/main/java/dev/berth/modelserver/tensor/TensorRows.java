package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.Column;
import dev.berth.modelserver.media.Columns;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.RowBlock;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a request's tensors: one tensor of {@code [rows, features]}, whatever it is called,
 * or one of {@code [rows]} for each feature by name.
 */
final class TensorRows {
  private final Columns columns;
  private final List<InputTensor> inputs;

  TensorRows(Columns columns, List<InputTensor> inputs) {
    this.columns = columns;
    this.inputs = inputs;
  }

  void read(RowBlock rows) {
    if (inputs.isEmpty()) {
      throw new InvalidTensorException("the request has no inputs");
    }
    InputTensor first = inputs.getFirst();
    boolean named = inputs.size() > 1 || columns.indexOf(first.name()) >= 0;
    if (named && columns.count() > 1) {
      readNamed(rows);
    } else if (inputs.size() > 1) {
      throw new InvalidTensorException(
          "the model has one feature, but the request " + inputs.size() + " inputs");
    } else {
      readMatrix(first, rows);
    }
  }

  private void readMatrix(InputTensor tensor, RowBlock rows) {
    int width = columns.count();
    List<Long> shape = tensor.shape();
    long count;
    if (shape.size() == 2 && shape.get(1) == width) {
      count = shape.get(0);
    } else if (shape.size() == 1 && width == 1) {
      count = shape.getFirst();
    } else if (shape.size() == 1 && shape.getFirst() == width) {
      count = 1;
    } else {
      throw InvalidTensorException.of(
          tensor.name(), "its shape is " + shape + ", the model takes [rows, " + width + "]");
    }
    Elements elements = tensor.elements();
    for (long row = 1; row <= count; row++) {
      int offset = rows.next();
      float[] values = rows.values();
      for (int column = 0; column < width; column++) {
        values[offset + column] = value(elements, column, row);
      }
    }
    elements.end();
  }

  private void readNamed(RowBlock rows) {
    InputTensor[] byColumn = byColumn();
    long count = inputs.getFirst().shape().getFirst();
    for (InputTensor tensor : inputs) {
      List<Long> shape = tensor.shape();
      boolean column = shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1);
      if (!column || shape.getFirst() != count) {
        throw InvalidTensorException.of(
            tensor.name(),
            "its shape is " + shape + ", as a feature's it would be [" + count + "]");
      }
    }
    for (long row = 1; row <= count; row++) {
      int offset = rows.next();
      float[] values = rows.values();
      for (int column = 0; column < byColumn.length; column++) {
        values[offset + column] =
            byColumn[column] == null ? Float.NaN : value(byColumn[column].elements(), column, row);
      }
    }
    inputs.forEach(tensor -> tensor.elements().end());
  }

  /** The inputs in the order of the columns; null where a feature that may be left out is. */
  private InputTensor[] byColumn() {
    InputTensor[] byColumn = new InputTensor[columns.count()];
    for (InputTensor tensor : inputs) {
      int column = columns.indexOf(tensor.name());
      if (column < 0) {
        throw InvalidTensorException.of(
            tensor.name(),
            "the model has no feature of this name; send one tensor of [rows, "
                + columns.count()
                + "], or one of [rows] for each feature");
      }
      if (byColumn[column] != null) {
        throw InvalidTensorException.of(tensor.name(), "is given twice");
      }
      byColumn[column] = tensor;
    }
    for (int column = 0; column < byColumn.length; column++) {
      if (byColumn[column] == null && columns.get(column).required()) {
        throw new InvalidTensorException(
            "no input is called '"
                + columns.get(column).name()
                + "', a feature of the model; there are "
                + Arrays.toString(inputs.stream().map(InputTensor::name).limit(10).toArray()));
      }
    }
    return byColumn;
  }

  private float value(Elements elements, int column, long row) {
    try {
      return elements.next(columns.get(column));
    } catch (Column.Unreadable e) {
      throw new InvalidRowsException(row, 0, columns.get(column).name(), e.getMessage());
    }
  }
}

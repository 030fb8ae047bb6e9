package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.Column;

/**
 * The elements of one tensor, in row-major order, each read when it is asked for. A number becomes
 * the nearest float of the number that its datatype holds.
 */
interface Elements {
  /**
   * The next element as this column's value, NaN for a missing one.
   *
   * @throws Column.Unreadable when it is no value of the column
   * @throws InvalidTensorException when the tensor has no such element
   */
  float next(Column column);

  /** Throws {@link InvalidTensorException} unless every element has been read. */
  void end();
}

package dev.berth.modelserver.media;

import dev.berth.serving.protobuf.ProtobufWriter;

/**
 * Predictions as SageMaker's records: each row's score is the label {@code score}, a float32 tensor
 * or, by name, bytes. A value that is not finite is left out, by keys, of a sparse tensor.
 */
final class RecordioWriter implements AnswerWriter {
  private static final int LABEL = 2;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int FLOAT32 = 2;
  private static final int BYTES = 9;
  private static final int TENSOR_VALUES = 1;
  private static final int TENSOR_KEYS = 2;
  private static final int TENSOR_SHAPE = 3;
  private static final byte[] FILL = new byte[3];

  private final AnswerBuffer out;
  private final ProtobufWriter record = new ProtobufWriter();

  /** Where the value of the label that is being written begins. */
  private int value;

  RecordioWriter(AnswerBuffer out) {
    this.out = out;
  }

  @Override
  public void scores(float[] values, int offset, int width) {
    int finite = 0;
    for (int i = 0; i < width; i++) {
      finite += Float.isFinite(values[offset + i]) ? 1 : 0;
    }
    int label = beginLabel();
    int tensor = record.begin(FLOAT32);
    if (finite == width) {
      record.floats(TENSOR_VALUES, values, offset, width);
    } else {
      sparse(values, offset, width, finite);
    }
    record.end(tensor);
    endLabel(label);
  }

  @Override
  public void label(String name) {
    int label = beginLabel();
    int text = record.begin(BYTES);
    record.string(TENSOR_VALUES, name);
    record.end(text);
    endLabel(label);
  }

  @Override
  public void end() {
    // A stream of records ends with its last record.
  }

  private void sparse(float[] values, int offset, int width, int finite) {
    float[] present = new float[finite];
    long[] keys = new long[finite];
    int count = 0;
    for (int i = 0; i < width; i++) {
      if (Float.isFinite(values[offset + i])) {
        present[count] = values[offset + i];
        keys[count++] = i;
      }
    }
    record.floats(TENSOR_VALUES, present, 0, finite);
    record.int64s(TENSOR_KEYS, keys);
    record.int64s(TENSOR_SHAPE, width);
  }

  private int beginLabel() {
    record.clear();
    int label = record.begin(LABEL);
    record.string(KEY, "score");
    value = record.begin(VALUE);
    return label;
  }

  private void endLabel(int label) {
    record.end(value);
    record.end(label);
    out.putInt(RecordioFrames.MAGIC).putInt(record.size());
    out.put(record.array(), 0, record.size());
    out.put(FILL, 0, -record.size() & 3);
  }
}

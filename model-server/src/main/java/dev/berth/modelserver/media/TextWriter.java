package dev.berth.modelserver.media;

/**
 * Predictions as text. CSV: a line a row, values joined by commas. JSON: {@code {"predictions":
 * [{"score": 24.9}, ...]}}. JSON Lines: {@code {"score": 24.9}} a line. KServe V1: {@code
 * {"predictions": [24.9, ...]}}. A score of several values is an array. A value that is not finite
 * leaves as null, in CSV as nothing.
 */
public final class TextWriter implements AnswerWriter {
  private final OutputFormat format;
  private final AnswerBuffer out;
  private boolean first = true;

  public TextWriter(OutputFormat format, AnswerBuffer out) {
    this.format = format;
    this.out = out;
    if (format == OutputFormat.JSON || format == OutputFormat.KSERVE_V1) {
      out.putAscii("{\"predictions\":[");
    }
  }

  @Override
  public void scores(float[] values, int offset, int width) {
    beginRow();
    boolean array = width != 1 && format != OutputFormat.CSV;
    if (array) {
      out.put('[');
    }
    for (int i = 0; i < width; i++) {
      if (i > 0) {
        out.put(',');
      }
      value(values[offset + i]);
    }
    if (array) {
      out.put(']');
    }
    endRow();
  }

  /** Rows of whole numbers: {@code int[count][width]}. */
  public void numbers(int[] values, int count, int width) {
    for (int row = 0; row < count; row++) {
      beginRow();
      for (int i = 0; i < width; i++) {
        out.putAscii(i == 0 ? "" : ",").putAscii(Integer.toString(values[row * width + i]));
      }
      endRow();
    }
  }

  @Override
  public void label(String label) {
    beginRow();
    if (format == OutputFormat.CSV) {
      csvField(label);
    } else {
      out.putJsonString(label);
    }
    endRow();
  }

  @Override
  public void end() {
    if (format == OutputFormat.JSON || format == OutputFormat.KSERVE_V1) {
      out.put(']').put('}');
    }
  }

  private void beginRow() {
    boolean lines = format == OutputFormat.CSV;
    if (!first && format != OutputFormat.JSON_LINES) {
      out.put(lines ? '\n' : ',');
    }
    first = false;
    if (format == OutputFormat.JSON || format == OutputFormat.JSON_LINES) {
      out.putAscii("{\"score\":");
    }
  }

  private void endRow() {
    switch (format) {
      case JSON -> out.put('}');
      case JSON_LINES -> out.put('}').put('\n');
      case CSV, KSERVE_V1, RECORDIO -> {}
    }
  }

  private void value(float value) {
    if (format != OutputFormat.CSV || Float.isFinite(value)) {
      out.putJsonNumber(value);
    }
  }

  private void csvField(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    out.putUtf8(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
  }
}

package dev.berth.modelserver.model;

import dev.berth.engine.Booster;
import dev.berth.engine.rows.Rows;
import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.media.Columns;
import dev.berth.modelserver.media.OutputFormat;

/**
 * What each feature added to each row's margins, in the answer that SageMaker's online explainer
 * gives: the predictions as text, and for each row, for each feature, an attribution an output. The
 * attributions are exact, by TreeSHAP; beside them stands what they add up from.
 */
final class Explanations {
  private final Booster booster;
  private final Columns columns;
  private final AnswerBuffer out;
  private final int outputs;
  private final int features;
  private float[] base = {};
  private boolean first = true;

  Explanations(Booster booster, Columns columns, AnswerBuffer out) {
    this.booster = booster;
    this.columns = columns;
    this.out = out;
    this.outputs = booster.numOutputs();
    this.features = booster.numFeatures();
  }

  /** Values a row. */
  static int width(Booster booster) {
    return booster.numOutputs() * (booster.numFeatures() + 1);
  }

  void begin() {
    out.putAscii("{\"version\":\"1.0\",\"explanations\":{\"kernel_shap\":[");
  }

  /** Explains rows, using {@code room} for the values. */
  void rows(Rows rows, float[] room) {
    int count = rows.count();
    booster.predictContributions(rows, 0, count, room);
    for (int row = 0; row < count; row++) {
      out.putAscii(first ? "[" : ",[");
      first = false;
      row(room, row * outputs * (features + 1));
      out.put(']');
    }
    if (base.length == 0) {
      base = new float[outputs];
      for (int output = 0; output < outputs; output++) {
        base[output] = room[output * (features + 1) + features];
      }
    }
  }

  /** Ends the answer with the predictions, which are {@code size} bytes of UTF-8. */
  void end(OutputFormat format, AnswerBuffer predictions) {
    out.putAscii("],\"expected_value\":[");
    for (int output = 0; output < base.length; output++) {
      out.putAscii(output == 0 ? "" : ",").putJsonNumber(base[output]);
    }
    out.putAscii("]},\"predictions\":{\"content_type\":\"").putAscii(format.mediaType());
    out.putAscii("; charset=utf-8\",\"data\":").putJsonString(predictions.toText()).putAscii("}}");
  }

  private void row(float[] contributions, int offset) {
    for (int feature = 0; feature < features; feature++) {
      out.putAscii(feature == 0 ? "{\"feature_header\":" : ",{\"feature_header\":");
      out.putJsonString(columns.get(feature).name());
      out.putAscii(",\"attributions\":[{\"attribution\":[");
      for (int output = 0; output < outputs; output++) {
        out.putAscii(output == 0 ? "" : ",");
        out.putJsonNumber(contributions[offset + output * (features + 1) + feature]);
      }
      out.putAscii("]}]}");
    }
  }
}

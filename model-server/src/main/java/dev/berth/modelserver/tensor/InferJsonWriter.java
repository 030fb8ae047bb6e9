package dev.berth.modelserver.tensor;

import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.tensor.InferRequest.RequestedOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer as JSON, with the raw bytes behind it of the outputs that are wanted so. */
public final class InferJsonWriter {
  private final InferRequest request;
  private final AnswerBuffer out;

  public InferJsonWriter(InferRequest request, AnswerBuffer out) {
    this.request = request;
    this.out = out;
  }

  /**
   * Writes the answer.
   *
   * @return how many bytes of it are JSON, when raw bytes follow; else 0
   */
  public int write(String model, String version, List<OutputTensor> outputs) {
    out.putAscii("{\"model_name\":").putJsonString(model);
    out.putAscii(",\"model_version\":").putJsonString(version);
    request.id().ifPresent(id -> out.putAscii(",\"id\":").putJsonString(id));
    out.putAscii(",\"outputs\":[");
    boolean anyRaw = false;
    for (int i = 0; i < outputs.size(); i++) {
      OutputTensor output = outputs.get(i);
      boolean raw = isRaw(i);
      anyRaw |= raw;
      out.putAscii(i == 0 ? "{\"name\":" : ",{\"name\":").putJsonString(output.name());
      out.putAscii(",\"datatype\":\"").putAscii(output.datatype().name());
      out.putAscii("\",\"shape\":").putAscii(output.shape().toString().replace(" ", ""));
      if (raw) {
        out.putAscii(",\"parameters\":{\"binary_data_size\":");
        out.putAscii(Integer.toString(output.rawBytes())).putAscii("}}");
      } else {
        data(output);
      }
    }
    out.putAscii("]}");
    int jsonBytes = out.size();
    for (int i = 0; i < outputs.size(); i++) {
      if (isRaw(i)) {
        raw(outputs.get(i));
      }
    }
    return anyRaw ? jsonBytes : 0;
  }

  private boolean isRaw(int output) {
    List<RequestedOutput> wanted = request.outputs();
    return wanted.isEmpty() ? request.raw() : wanted.get(output).raw().orElse(request.raw());
  }

  private void data(OutputTensor output) {
    out.putAscii(",\"data\":[");
    for (int i = 0; i < output.size(); i++) {
      if (i > 0) {
        out.put(',');
      }
      out.putJsonNumber(output.values()[i]);
    }
    for (int i = 0; i < output.labels().size(); i++) {
      if (i > 0) {
        out.put(',');
      }
      out.putJsonString(new String(output.labels().get(i), StandardCharsets.UTF_8));
    }
    out.putAscii("]}");
  }

  private void raw(OutputTensor output) {
    for (int i = 0; i < output.size(); i++) {
      out.putInt(Float.floatToRawIntBits(output.values()[i]));
    }
    for (byte[] label : output.labels()) {
      out.putInt(label.length).put(label, 0, label.length);
    }
  }
}

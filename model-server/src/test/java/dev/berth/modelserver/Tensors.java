package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.MAPPER;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A row of eight values as tensors, and what comes back. */
final class Tensors {
  static final float[] ROW = {0.5f, 1, 2, 3, 4, 5, 6, 7};

  private Tensors() {}

  static byte[] raw(String datatype) {
    ByteBuffer raw = ByteBuffer.allocate(8 * ROW.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : ROW) {
      switch (datatype) {
        case "FP32" -> raw.putFloat(value);
        case "FP64" -> raw.putDouble(value);
        case "FP16" -> raw.putShort(Float.floatToFloat16(value));
        default -> raw.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      }
    }
    return Arrays.copyOf(raw.array(), raw.position());
  }

  static String tensor(String name, String datatype, String shape, String data) {
    return "{\"name\":\""
        + name
        + "\",\"datatype\":\""
        + datatype
        + "\",\"shape\":"
        + shape
        + ",\"data\":"
        + data
        + "}";
  }

  static String csv() {
    return Arrays.toString(ROW).replaceAll("[\\[\\] ]", "");
  }

  static JsonNode json(HttpResponse<String> answer) throws Exception {
    return MAPPER.readTree(answer.body());
  }

  static JsonNode flat(JsonNode rows) {
    var flat = MAPPER.createArrayNode();
    rows.forEach(
        row -> {
          if (row.isArray()) {
            row.forEach(flat::add);
          } else {
            flat.add(row);
          }
        });
    return flat;
  }
}

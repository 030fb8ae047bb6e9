package dev.berth.modelserver.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import dev.berth.modelserver.media.Columns;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.RowBlock;
import dev.berth.modelserver.proto.ProtoFile;
import dev.berth.serving.protobuf.ProtobufException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever comes as a tensor, we see the numbers that others see, or refuse. */
class TensorFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final Columns COLUMNS = Columns.named(List.of("a", "b", "c"));
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  @Test
  void json() {
    SplittableRandom random = new SplittableRandom(31);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String request = request(random);
      byte[] body = mutated(random, request, "[]{},:\"0123456789.eE+- nulNatrfs\\").getBytes(UTF_8);
      Optional<String> ours = ours(() -> InferJsonReader.read(body, 0, body.length, body.length));
      if (ours.isPresent()) {
        accepted++;
        assertThat(ours).as(new String(body, UTF_8)).isEqualTo(jackson(body));
      } else if (Arrays.equals(body, request.getBytes(UTF_8))) {
        assertThat(request).as("is refused").isEmpty();
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  @Test
  void protobuf() throws Exception {
    Descriptor type =
        ProtoFile.message(
            ProtoFile.of(Files.readString(Path.of("src/main/proto/open-inference.proto"))),
            "ModelInferRequest");
    List<byte[]> good = new ArrayList<>();
    for (String text :
        List.of(
            "contents { fp32_contents: [1, 2.5, nan, 4, 5, 6] } datatype: 'FP32'",
            "contents { int64_contents: [1, -2, 3, 4, 9007199254740993, 6] } datatype: 'INT64'",
            "contents { bytes_contents: ['1', '2.5', '', '4', '5', '6'] } datatype: 'BYTES'",
            "contents { uint_contents: [1, 2, 3, 4, 5, 6] } datatype: 'UINT8'")) {
      DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
      TextFormat.merge(
          "model_name: 'm' id: 'i' inputs { name: 'x' shape: [2, 3] " + text + " }", message);
      good.add(message.build().toByteArray());
      assertThat(ours(() -> InferProtobufReader.read(good.getLast(), 0, good.getLast().length)))
          .isPresent();
    }
    SplittableRandom random = new SplittableRandom(5);
    int accepted = 0;
    for (int i = 0; i < 2 * ROUNDS; i++) {
      byte[] body = good.get(random.nextInt(good.size())).clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(5) == 0 ? random.nextInt(body.length) : body.length;
      accepted += ours(() -> InferProtobufReader.read(body, 0, length)).isPresent() ? 1 : 0;
    }
    assertThat(accepted).isBetween(ROUNDS / 50, 2 * ROUNDS);
  }

  @Test
  void wholeNumbersAreRoundedOnce() {
    SplittableRandom random = new SplittableRandom(64);
    for (int i = 0; i < ROUNDS; i++) {
      long bits = random.nextLong() >> random.nextInt(63);
      assertThat(ours(() -> one("INT64", Long.toString(bits))))
          .contains("[[" + new BigInteger(Long.toString(bits)).floatValue() + ", 0.0, 0.0]]");
      String unsigned = Long.toUnsignedString(bits);
      assertThat(ours(() -> one("UINT64", unsigned)))
          .contains("[[" + new BigInteger(unsigned).floatValue() + ", 0.0, 0.0]]");
    }
    for (String beyond : List.of("9223372036854775808", "-9223372036854775809", "1e30", "0.5")) {
      assertThat(ours(() -> one("INT64", beyond))).isEmpty();
    }
    assertThat(ours(() -> one("UINT64", "18446744073709551616"))).isEmpty();
    assertThat(ours(() -> one("INT64", "-9223372036854775808"))).isPresent();
    assertThat(ours(() -> one("INT16", "3.0e0"))).contains("[[3.0, 0.0, 0.0]]");
    // Halfway between two floats as a double, a hair above it as a decimal: FP64 means the double.
    assertThat(ours(() -> one("FP64", "1.00000005960464477539062500001")))
        .contains("[[1.0, 0.0, 0.0]]");
    assertThat(ours(() -> one("FP32", "1.00000005960464477539062500001")))
        .contains("[[1.0000001, 0.0, 0.0]]");
  }

  private static InferRequest one(String datatype, String number) {
    byte[] body =
        ("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\""
                + datatype
                + "\",\"data\":["
                + number
                + ",0,0]}]}")
            .getBytes(UTF_8);
    return InferJsonReader.read(body, 0, body.length, body.length);
  }

  private interface Reading {
    InferRequest read();
  }

  private static Optional<String> ours(Reading reading) {
    List<float[]> rows = new ArrayList<>();
    RowBlock block = new RowBlock();
    block.start(
        3,
        some -> {
          for (int row = 0; row < some.count(); row++) {
            float[] values = new float[3];
            some.copyRow(row, values);
            rows.add(values);
          }
        });
    try {
      reading.read().readRows(COLUMNS, block);
      block.finish();
      return Optional.of(rows.stream().map(Arrays::toString).toList().toString());
    } catch (InvalidTensorException | InvalidRowsException | ProtobufException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }

  /** The rows that a tensor holds by Jackson's tree, flattened. */
  private static Optional<String> jackson(byte[] body) {
    try {
      JsonNode tree = JACKSON.readTree(new String(body, UTF_8).replace("NaN", "null"));
      List<Float> values = new ArrayList<>();
      flatten(tree.get("inputs").get(0).get("data"), values);
      List<List<Float>> rows = new ArrayList<>();
      for (int i = 0; i < values.size(); i += 3) {
        rows.add(values.subList(i, i + 3));
      }
      return Optional.of(rows.toString());
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private static void flatten(JsonNode data, List<Float> values) {
    for (JsonNode item : data) {
      if (item.isArray()) {
        flatten(item, values);
      } else if (item.isNull()) {
        values.add(Float.NaN);
      } else {
        values.add(Float.parseFloat(item.asText()));
      }
    }
  }

  private static String request(SplittableRandom random) {
    int rows = 1 + random.nextInt(3);
    boolean nested = random.nextBoolean();
    List<String> items = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        values.add(
            random.nextInt(6) == 0 ? "null" : Float.toString(1 + random.nextInt(1000) / 16f));
      }
      String row1 = String.join(", ", values);
      items.add(nested ? "[" + row1 + "]" : row1);
    }
    String data = "\"data\": [" + String.join(",", items) + "]";
    String shape = "\"shape\": [" + rows + ", 3]";
    return "{\"id\": \"1\", \"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", "
        + (random.nextBoolean() ? data + "," + shape : shape + ", " + data)
        + "}]}";
  }

  private static String mutated(SplittableRandom random, String text, String alphabet) {
    StringBuilder changed = new StringBuilder(text);
    for (int n = random.nextInt(3); n > 0 && !changed.isEmpty(); n--) {
      int at = random.nextInt(changed.length());
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, other);
        case 2 -> changed.setCharAt(at, other);
        default -> changed.setLength(at);
      }
    }
    return changed.toString();
  }
}

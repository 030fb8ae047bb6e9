package dev.berth.modelserver.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** Whatever comes, our readers see the numbers that a library of the trade sees, or both refuse. */
class FuzzTest {
  private static final int ROUNDS = 20_000;
  private static final Columns COLUMNS = Columns.named(List.of("a", "b", "c"));
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonWriteFeature.QUOTE_FIELD_NAMES)
          .build();

  @Test
  void json() {
    SplittableRandom random = new SplittableRandom(1123);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] text = mutated(random, jsonArray(random), "[]{},:\"0123456789.eE+- nulNatrfs\\\n");
      Optional<String> expected = jackson(text);
      assertThat(ours(InputFormat.JSON, text)).as(shown(text)).isEqualTo(expected);
      accepted += expected.isPresent() ? 1 : 0;
    }
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  @Test
  void csv() {
    SplittableRandom random = new SplittableRandom(20);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] text = mutated(random, csvText(random), ",\"0123456789.eE+- \r\nxn");
      Optional<String> expected = commonsCsv(text);
      assertThat(ours(InputFormat.CSV, text)).as(shown(text)).isEqualTo(expected);
      accepted += expected.isPresent() ? 1 : 0;
    }
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  @Test
  void rubbishIsRefusedAndNothingElse() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] text = new byte[random.nextInt(40)];
      random.nextBytes(text);
      for (InputFormat format : InputFormat.values()) {
        assertThat(ours(format, text)).isNotNull();
      }
    }
  }

  private static Optional<String> ours(InputFormat format, byte[] text) {
    try {
      return Optional.of(Rows.shown(Rows.read(format, COLUMNS, text)));
    } catch (InvalidRowsException _) {
      return Optional.empty();
    }
  }

  /** What our rules make of Jackson's tree: an array of numbers, or of such arrays, three wide. */
  private static Optional<String> jackson(byte[] text) {
    try {
      JsonNode tree = JACKSON.readTree(text);
      if (tree == null || !tree.isArray() || tree.isEmpty()) {
        return Optional.empty();
      }
      List<float[]> rows = new ArrayList<>();
      if (tree.get(0).isArray()) {
        for (JsonNode row : tree) {
          rows.add(row(row));
        }
      } else {
        rows.add(row(tree));
      }
      return Optional.of(Rows.shown(rows));
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static float[] row(JsonNode row) {
    require(row.isArray() && row.size() == 3);
    float[] values = new float[3];
    for (int i = 0; i < 3; i++) {
      JsonNode value = row.get(i);
      boolean missing = value.isNull() || value.asText().equalsIgnoreCase("nan");
      require(missing || value.isNumber());
      values[i] = missing ? Float.NaN : Float.parseFloat(value.asText());
      // A tree forgets the sign of an integral zero.
      values[i] = values[i] == 0 ? 0 : values[i];
      require(!Float.isInfinite(values[i]));
    }
    return values;
  }

  private static Optional<String> commonsCsv(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    CSVFormat rfc4180 =
        CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();
    try (var parser = rfc4180.parse(new StringReader(text))) {
      List<float[]> rows = new ArrayList<>();
      for (CSVRecord row : parser) {
        require(row.size() == 3);
        float[] values = new float[3];
        for (int i = 0; i < 3; i++) {
          String field = row.get(i);
          require(field.matches("(?i)(nan)?|[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?"));
          values[i] =
              field.isEmpty() || field.equalsIgnoreCase("nan")
                  ? Float.NaN
                  : Float.parseFloat(field);
          require(!Float.isInfinite(values[i]));
        }
        rows.add(values);
      }
      return Optional.of(Rows.shown(rows));
    } catch (IOException | UncheckedIOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }

  private static String jsonArray(SplittableRandom random) {
    int rows = random.nextInt(4);
    List<String> texts = new ArrayList<>();
    for (int r = 0; r < Math.max(1, rows); r++) {
      texts.add(
          "["
              + number(random)
              + ", "
              + number(random)
              + ","
              + (random.nextInt(5) == 0 ? "null" : number(random))
              + "]");
    }
    return rows == 0 ? texts.getFirst() : "[" + String.join(" ,\n", texts) + "]";
  }

  private static String csvText(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < 1 + random.nextInt(3); r++) {
      text.append(field(random))
          .append(',')
          .append(field(random))
          .append(',')
          .append(field(random));
      text.append(random.nextBoolean() ? "\r\n" : "\n");
    }
    return text.toString();
  }

  private static String field(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "\"" + number(random) + "\"";
      case 2 -> " " + number(random) + " ";
      default -> number(random);
    };
  }

  private static String number(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Integer.toString(random.nextInt(1, 100_000));
      case 1 -> Double.toString(random.nextDouble(-1e6, 1e6));
      case 2 -> Float.toString(1 + random.nextInt(100) / 16f);
      default ->
          random.nextInt(1, 10) + "." + random.nextLong(1L << 60) + "e" + (random.nextInt(80) - 40);
    };
  }

  private static byte[] mutated(SplittableRandom random, String text, String alphabet) {
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
    return changed.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String shown(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }
}

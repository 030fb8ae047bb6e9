package dev.berth.modelserver.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatTextTest {
  private static final int ROUNDS = 100_000;

  @Test
  void readsTheNearestFloatOfAnyDecimal() {
    SplittableRandom random = new SplittableRandom(20261123);
    for (int i = 0; i < ROUNDS; i++) {
      String text = decimal(random);
      assertThat(Float.floatToRawIntBits(read(text)))
          .as(text)
          .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
    }
  }

  @Test
  void aNumberInJsonIsTheNearestFloatWhicheverRoadItTakes() {
    SplittableRandom random = new SplittableRandom(20261127);
    Columns column = Columns.named(List.of("x"));
    for (int i = 0; i < ROUNDS; i++) {
      String text = (random.nextBoolean() ? "-" : "") + random.nextInt(1000) + fraction(random);
      float read = Rows.read(InputFormat.JSON, column, "[" + text + "]").getFirst()[0];
      assertThat(Float.floatToRawIntBits(read))
          .as(text)
          .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
    }
  }

  private static String fraction(SplittableRandom random) {
    StringBuilder text = new StringBuilder(".");
    for (int digits = 1 + random.nextInt(22); digits > 0; digits--) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return random.nextInt(5) == 0 ? text + "e" + (random.nextInt(60) - 30) : text.toString();
  }

  @Test
  void readsHalfwaysAndTheirNeighbours() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < ROUNDS / 10; i++) {
      float value = Float.intBitsToFloat(random.nextInt(0x7f000000));
      BigDecimal halfway =
          new BigDecimal(value)
              .add(new BigDecimal(Math.nextUp(value)))
              .divide(BigDecimal.valueOf(2));
      for (BigDecimal near :
          new BigDecimal[] {
            halfway,
            halfway.subtract(halfway.ulp()),
            halfway.add(halfway.ulp()),
            halfway.round(new java.math.MathContext(15))
          }) {
        String text = random.nextBoolean() ? near.toString() : near.toPlainString();
        assertThat(read(text)).as(text).isEqualTo(Float.parseFloat(text));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "0x10",
        "1f",
        "1d",
        "six",
        "--1",
        "1 2",
        "1,2",
        "NaN",
        "Infinity",
        "١"
      })
  void refusesWhatIsNoDecimal(String text) {
    assertThat(read(text)).isNaN();
  }

  @Test
  void whatIsBeyondTheFloatsIsInfinite() {
    assertThat(read("3.5e38")).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(read("-1e999999999999")).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(read("1e-999999999999")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "24.9,24.9",
    "25,25",
    "-0.0,-0",
    "0,0",
    "1e7,1e7",
    "1234567,1234567",
    "1.5E-7,1.5e-7",
    "1e-4,1e-4",
    "0.001,0.001",
    "3.4028235e38,3.4028235e38",
    "1.4e-45,1e-45",
    "2.8e-45,3e-45",
    "1.1754944e-38,1.1754944e-38",
    "16777216,1.6777216e7"
  })
  void writesTheShortestDecimal(float value, String text) {
    assertThat(written(value)).isEqualTo(text);
  }

  @Test
  void whatIsWrittenReadsBackAndNothingShorterWould() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < ROUNDS; i++) {
      float value =
          random.nextBoolean()
              ? Float.intBitsToFloat(random.nextInt())
              : (float) (random.nextInt(2_000_000) - 1_000_000) / 1000;
      if (!Float.isFinite(value)) {
        continue;
      }
      String text = written(value);
      assertThat(Float.floatToRawIntBits(Float.parseFloat(text)))
          .as(text)
          .isEqualTo(Float.floatToRawIntBits(value));
      int digits = new BigDecimal(text).stripTrailingZeros().precision();
      if (digits > 1) {
        String shorter =
            String.format(Locale.ROOT, "%." + (digits - 2) + "e", new BigDecimal(value));
        assertThat(Float.parseFloat(shorter)).as("%s for %s", shorter, text).isNotEqualTo(value);
      }
    }
  }

  private static String decimal(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Float.toString(finite(random));
      case 1 -> Double.toString(random.nextDouble(-1000, 1000));
      case 2 -> random.nextInt(100) + "." + random.nextInt(1_000_000);
      default -> {
        StringBuilder text =
            new StringBuilder(random.nextBoolean() ? "-" : random.nextBoolean() ? "+" : "");
        int digits = 1 + random.nextInt(30);
        int point = random.nextInt(digits + 1);
        for (int i = 0; i < digits; i++) {
          text.append(i == point ? "." : "").append((char) ('0' + random.nextInt(10)));
        }
        yield text + (random.nextBoolean() ? "e" + (random.nextInt(100) - 50) : "");
      }
    };
  }

  private static float finite(SplittableRandom random) {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? value : 1f;
  }

  private static float read(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return FloatReader.read(bytes, 1, bytes.length - 1);
  }

  private static String written(float value) {
    AnswerBuffer out = new AnswerBuffer(1 << 20);
    FloatWriter.write(value, out);
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }
}

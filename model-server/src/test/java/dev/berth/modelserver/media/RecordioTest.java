package dev.berth.modelserver.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import dev.berth.modelserver.proto.ProtoFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SageMaker's records, written and read back by the library of Protocol Buffers. */
class RecordioTest {
  private static final FileDescriptor SCHEMA =
      ProtoFile.of(
          """
          syntax = "proto2";
          package aialgs.data;
          message Float32Tensor {
            repeated float values = 1 [packed = true];
            repeated uint64 keys = 2 [packed = true];
            repeated uint64 shape = 3 [packed = true];
          }
          message Float64Tensor {
            repeated double values = 1 [packed = true];
            repeated uint64 keys = 2 [packed = true];
            repeated uint64 shape = 3 [packed = true];
          }
          message Int32Tensor {
            repeated int32 values = 1 [packed = true];
            repeated uint64 keys = 2 [packed = true];
            repeated uint64 shape = 3 [packed = true];
          }
          message Bytes {
            repeated bytes value = 1;
            optional string content_type = 2;
          }
          message Value {
            oneof value {
              Float32Tensor float32_tensor = 2;
              Float64Tensor float64_tensor = 3;
              Int32Tensor int32_tensor = 7;
              Bytes bytes = 9;
            }
          }
          message Record {
            map<string, Value> features = 1;
            map<string, Value> label = 2;
            optional string uid = 3;
            optional string metadata = 4;
            optional string configuration = 5;
          }
          """);
  private static final Columns COLUMNS =
      new Columns(
          List.of(
              Column.numeric("a", true),
              Column.categorical("b", List.of("red", "blue"), true),
              Column.numeric("c", false)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features { key: 'values' value { float32_tensor { values: [0.5, 1, nan] } } } | [0.5, 1.0, NaN]",
        "features { key: 'x' value { float64_tensor { values: [0.1, 1, -2] } } } label { key: 'values' value { int32_tensor { values: 7 } } } | [0.1, 1.0, -2.0]",
        "features { key: 'values' value { int32_tensor { values: [-5, 0, 7] } } } uid: 'u' | [-5.0, 0.0, 7.0]",
        "features { key: 'values' value { float32_tensor { values: [2.5] keys: [2] shape: [3] } } } | [NaN, NaN, 2.5]",
        "features { key: 'values' value { float32_tensor { values: [2.5, 4] keys: [2, 0] shape: [3] } } } | [4.0, NaN, 2.5]",
        "features { key: 'values' value { float32_tensor { shape: [3] } } } | [NaN, NaN, NaN]",
        "features { key: 'b' value { bytes { value: 'blue' } } } features { key: 'a' value { float32_tensor { values: 3 } } } | [3.0, 1.0, NaN]",
      })
  void readsEveryKindOfRecord(String record, String row) throws Exception {
    byte[] stream = framed(record(record), record(record));
    assertThat(Rows.shown(Rows.read(InputFormat.RECORDIO, COLUMNS, stream)))
        .isEqualTo("[" + row + ", " + row + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features { key: 'values' value { float32_tensor { values: [0.5, 1] } } } | row 2: 2 values where the model has 3 features",
        "features { key: 'values' value { float32_tensor { values: [0.5] keys: [3] } } } | row 2: feature 3, where the model has 3, counted from 0",
        "features { key: 'values' value { float32_tensor { values: [1, 1] keys: [0, 0] } } } | row 2, column 'a': is given twice",
        "features { key: 'values' value { float32_tensor { values: [1] keys: [0, 1] } } } | row 2: a sparse tensor has more keys than values",
        "features { key: 'values' value { float32_tensor { values: [1, 7, 1] } } } | row 2, column 'b': 7.0 is not the position of one of its 2 categories, from 0",
        "features { key: 'values' value { float32_tensor { values: [inf, 1, 1] } } } | row 2, column 'a': Infinity is beyond the largest float, 3.4028235e38",
        "features { key: 'b' value { bytes { value: 'red' } } } | row 2, column 'a': is not given; features are one tensor called 'values', or a value each by name",
        "features { key: 'values' value { bytes { value: 'red' } } } | row 2: a feature holds neither a float32, a float64 nor an int32 tensor",
        "uid: 'x' | row 2, column 'a': is not given; features are one tensor called 'values', or a value each by name",
      })
  void refusesWithWords(String record, String words) throws Exception {
    String good = "features { key: 'values' value { float32_tensor { values: [1, 1, 1] } } }";
    assertThatThrownBy(
            () -> Rows.read(InputFormat.RECORDIO, COLUMNS, framed(record(good), record(record))))
        .isInstanceOf(InvalidRowsException.class)
        .hasMessage(words);
  }

  @Test
  void aRecordThatHoldsTheMagicNumberComesInParts() throws Exception {
    byte[] record =
        record("features { key: 'values' value { float64_tensor { values: [1, 1, 2] } } }");
    byte[] magic = {0x0a, 0x23, (byte) 0xd7, (byte) 0xce};
    // It stands inside the record's uid, which nobody reads, where a multiple of four bytes begins.
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    held.writeBytes(new byte[] {0x1a, 8, 'a', 'b'});
    held.writeBytes(magic);
    held.writeBytes(new byte[] {'c', 'd'});
    held.writeBytes(record);
    byte[] all = held.toByteArray();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    frame(stream, Arrays.copyOfRange(all, 0, 4), 1);
    frame(stream, Arrays.copyOfRange(all, 8, all.length), 3);
    assertThat(Rows.shown(Rows.read(InputFormat.RECORDIO, COLUMNS, stream.toByteArray())))
        .isEqualTo("[[1.0, 1.0, 2.0]]");
  }

  @Test
  void writesWhatTheLibraryReads() throws Exception {
    AnswerBuffer out = new AnswerBuffer(1000);
    AnswerWriter writer = OutputFormat.RECORDIO.writer(out);
    writer.scores(new float[] {9, 0.1f, 0.9f}, 1, 2);
    writer.label("blue");
    writer.scores(new float[] {Float.NaN, 2, Float.POSITIVE_INFINITY}, 0, 3);
    writer.end();
    ByteBuffer stream = ByteBuffer.wrap(out.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(next(stream))
        .isEqualTo("label { key: \"score\" value { float32_tensor { values: 0.1 values: 0.9 } } }");
    assertThat(next(stream))
        .isEqualTo("label { key: \"score\" value { bytes { value: \"blue\" } } }");
    assertThat(next(stream))
        .isEqualTo(
            "label { key: \"score\" value { float32_tensor { values: 2.0 keys: 1 shape: 3 } } }");
    assertThat(stream.hasRemaining()).isFalse();
  }

  @Test
  void brokenStreamsAreRefusedAndNothingElse() throws Exception {
    byte[][] good = {
      record("features { key: 'values' value { float32_tensor { values: [1, 1, 1] } } }"),
      record("features { key: 'values' value { int32_tensor { values: [-1, 1] keys: [0, 1] } } }"),
      record("features { key: 'b' value { bytes { value: 'red' } } } metadata: 'm'"),
    };
    SplittableRandom random = new SplittableRandom(812);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] stream = framed(good[random.nextInt(3)], good[random.nextInt(3)]);
      for (int n = random.nextInt(4); n > 0; n--) {
        stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        stream = Arrays.copyOf(stream, random.nextInt(stream.length));
      }
      try {
        Rows.read(InputFormat.RECORDIO, COLUMNS, stream);
        read++;
      } catch (InvalidRowsException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isBetween(1_000, 49_000);
  }

  @Test
  void seesWhatTheLibrarySees() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder("features { key: 'values' value { float64_tensor { ");
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < 3; column++) {
        double value = column == 1 ? random.nextInt(2) : random.nextDouble(-1e30, 1e30);
        text.append("values: ").append(value).append(' ');
        row.append(column == 0 ? "" : ", ").append((float) value);
      }
      byte[] record = record(text.append("} } }").toString());
      assertThat(Rows.shown(Rows.read(InputFormat.RECORDIO, COLUMNS, framed(record))))
          .isEqualTo("[[" + row + "]]");
    }
  }

  private static byte[] record(String text) throws Exception {
    DynamicMessage.Builder record = DynamicMessage.newBuilder(ProtoFile.message(SCHEMA, "Record"));
    TextFormat.merge(text, record);
    return record.build().toByteArray();
  }

  private static byte[] framed(byte[]... records) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] record : records) {
      frame(stream, record, 0);
    }
    return stream.toByteArray();
  }

  private static void frame(ByteArrayOutputStream stream, byte[] part, int flag) {
    stream.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0xced7230a)
            .putInt((flag << 29) | part.length)
            .array());
    stream.writeBytes(part);
    stream.writeBytes(new byte[-part.length & 3]);
  }

  private static String next(ByteBuffer stream) throws Exception {
    assertThat(stream.getInt()).isEqualTo(0xced7230a);
    byte[] record = new byte[stream.getInt()];
    stream.get(record);
    stream.position(stream.position() + (-record.length & 3));
    return TextFormat.printer()
        .emittingSingleLine(true)
        .printToString(DynamicMessage.parseFrom(ProtoFile.message(SCHEMA, "Record"), record))
        .strip();
  }
}

package dev.berth.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.engine.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no model, or the beginning of one, or one that promises more than it holds. */
class DamagedBytesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "xgb-3.2.0/stump/model.json",
        "xgb-3.2.0/stump/model.ubj",
        "xgb-1.7.6/stump/model.deprecated",
        "xgb-0.90/poisson/model.bin",
        "xgb-0.90/dart/model.bin",
        "xgb-0.90/gblinear/model.bin"
      })
  void noBeginningOfAModelIsAModel(String name) {
    byte[] file = file(name);
    for (int length = 0; length < file.length; length++) {
      byte[] beginning = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Booster.read(beginning))
          .as("the first %s bytes", length)
          .isInstanceOf(ModelFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xgb-3.2.0/stump/model.json",
        "xgb-3.2.0/stump/model.ubj",
        "xgb-1.7.6/stump/model.deprecated",
        "xgb-0.90/poisson/model.bin"
      })
  void nothingMayFollowAModel(String name) {
    byte[] file = file(name);
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    longer[file.length] = '{';
    assertRefused(longer, "follow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | the file is empty
          'hello'                   | neither JSON, UBJSON nor the old binary format
          '['                       | neither JSON, UBJSON nor the old binary format
          '{'                       | the file ends here
          '{"a": '                  | the file ends here
          '{}'                      | there is no field 'learner'
          '{"learner": {}}'         | there is no field 'version'
          '{"learner": []}'         | learner (line 1, column 14): an object is missing
          '{"learner": {"learner_model_param": 1}}' | learner.learner_model_param (line 1
          '{"version": [1, 7, 6], "version": [1, 7, 6]}' | version (line 1, column 36): the field is there twice
          '{"version": [1, 7]}'     | a version of 2 numbers
          '{"version": [1, 7.5, 6]}' | version[1] (line 1, column 20): an integer is missing
          '{"version": [99999999999999999999, 7, 6]}' | version[0]
          '{"a": 1 2}'              | a (line 1
          'bs64AAAA'                | a base64 model
          'CONFIG-offset:12345678'  | a snapshot of a process
          'binf'                    | the learner's parameters should take 136 bytes
          """)
  void whatIsNoModelIsCalledByItsName(String text, String message) {
    assertRefused(text.getBytes(ISO_8859_1), message);
  }

  @Test
  void archivesAndPicklesAreCalledByTheirNames() {
    assertRefused("\u001f\u008b\b".getBytes(ISO_8859_1), "a gzip archive");
    assertRefused("PK\u0003\u0004".getBytes(ISO_8859_1), "a zip archive");
    assertRefused("\u0080\u0004\u0095".getBytes(ISO_8859_1), "a Python pickle");
  }

  @Test
  void deepNestingIsRefused() {
    String json = "{\"learner\": {\"attributes\": ";
    assertRefused((json + "[".repeat(1_000_000)).getBytes(ISO_8859_1), "nesting depth");
    assertRefused((json + "{\"a\":".repeat(1_000_000)).getBytes(ISO_8859_1), "nesting depth");
    String attributes = "{L\0\0\0\0\0\0\0\7learner{L\0\0\0\0\0\0\0\12attributes";
    assertRefused((attributes + "[".repeat(1_000_000)).getBytes(ISO_8859_1), "deeper than 64");
  }

  @Test
  void lengthsOfUbjsonAreNotBelieved() {
    byte[] file = file("xgb-3.2.0/squarederror/model.ubj");
    int at = indexOf(file, "[$d#L");
    for (long length : new long[] {Long.MAX_VALUE, 1L << 40, Integer.MAX_VALUE, 20_000, -1}) {
      byte[] inflated = file.clone();
      ByteBuffer.wrap(inflated).putLong(at + 5, length);
      assertRefused(inflated, "an array of " + length + " elements where the file has room for");
    }
    int name = indexOf(file, "L\0\0\0\0\0\0\0\7learner");
    byte[] inflated = file.clone();
    ByteBuffer.wrap(inflated).putLong(name + 1, 1L << 33);
    assertRefused(inflated, "a string of 8589934592 bytes where the file has");
  }

  @Test
  void countsOfTheBinaryFormatAreNotBelieved() {
    // Without a header: 136 bytes of learner, two names, then the tree model's struct.
    byte[] file = file("xgb-0.90/stump/model.bin");
    int treeModel = 136 + 8 + "reg:squarederror".length() + 8 + "gbtree".length();
    int firstTree = treeModel + 160;
    assertRefused(with(file, treeModel, Integer.MAX_VALUE), "tree 3");
    assertRefused(with(file, treeModel, -1), "the number of trees is negative: -1");
    assertRefused(with(file, firstTree, 2), "tree 0 has 2 roots");
    assertRefused(with(file, firstTree + 4, Integer.MAX_VALUE), "the nodes of tree 0 should take");
    assertRefused(with(file, firstTree + 4, 0), "tree 1 has");
    assertRefused(with(file, firstTree + 20, 3), "tree 0 has leaf vectors");
    int root = firstTree + 148;
    assertRefused(with(file, root + 4, 0), "tree 0, node 0: left child 0 is reached by another");
    assertRefused(with(file, root + 4, 77), "tree 0, node 0: left child 77 is beyond the tree's 3");
    assertRefused(with(file, root + 12, 8), "tree 0, node 0: feature 8 is beyond the model's 8");
    assertRefused(with(file, 8, Integer.MAX_VALUE), "outputs are more than a file");
  }

  @Test
  void aNewerBinaryFileIsRefused() {
    byte[] file = file("xgb-1.7.6/stump/model.deprecated");
    int major = 4 + 20;
    assertRefused(with(file, major, 3), "written by XGBoost 3.7, newer than the 3.0 line");
  }

  @Test
  void aPatchReleaseOfTheNewestProvenLineIsRead() throws Exception {
    String json = new String(file("xgb-3.2.0/stump/model.json"), ISO_8859_1);
    String patched = json.replace("\"version\":[3,2,0]", "\"version\":[3,2,7]");
    assertThat(patched).isNotEqualTo(json);
    assertThat(Booster.read(patched.getBytes(ISO_8859_1)).description().version())
        .isEqualTo("3.2.7");
  }

  @Test
  void aFileIsReadByItsContentAndNotItsName(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.json");
    Files.write(file, file("xgb-3.2.0/stump/model.ubj"));
    assertThat(Booster.read(file).description().format()).isEqualTo("ubjson");
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> Booster.read(bytes))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  private static byte[] with(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return changed;
  }

  private static int indexOf(byte[] file, String text) {
    return new String(file, ISO_8859_1).indexOf(text);
  }

  private static byte[] file(String name) {
    int slash = name.lastIndexOf('/');
    return ZooCase.named(name.substring(0, slash)).files().get(name.substring(slash + 1));
  }
}

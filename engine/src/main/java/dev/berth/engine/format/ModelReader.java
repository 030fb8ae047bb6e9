package dev.berth.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a model file of any format, told by its content and never by its name. */
public final class ModelReader {
  /** What a file that is not a model begins with, and what to say of it. */
  private static final String[][] KNOWN_STRANGERS = {
    {"bs64", "a base64 model of a release before 0.6, which no release since reads"},
    {"CONFIG-offset:", "a snapshot of a process, not a saved model: use Booster.save_model"},
    {"\u001f\u008b", "a gzip archive, not a model"},
    {"PK\u0003\u0004", "a zip archive, not a model"},
    {"\u0080", "a Python pickle, not a model: use Booster.save_model"},
  };

  private static final int LONGEST_OBJECTIVE_NAME = 64;

  private ModelReader() {}

  /**
   * Reads and checks a model.
   *
   * @param file the whole file; may be kept by the model, so it must not change afterwards
   * @throws ModelFormatException when the file is no model that this engine can answer for
   */
  public static XgboostModel read(byte[] file) throws ModelFormatException {
    return ModelAssembler.assemble(parse(file));
  }

  private static ParsedModel parse(byte[] file) throws ModelFormatException {
    if (file.length == 0) {
      throw new ModelFormatException("the file is empty");
    }
    for (String[] stranger : KNOWN_STRANGERS) {
      if (startsWith(file, stranger[0].getBytes(StandardCharsets.ISO_8859_1))) {
        throw new ModelFormatException("this is " + stranger[1]);
      }
    }
    if (startsWith(file, LegacyModelReader.HEADER)) {
      return LegacyModelReader.read(file);
    }
    int brace = skipSpace(file, 0);
    if (brace < file.length && file[brace] == '{') {
      if (isUbjson(file)) {
        return DocumentModelReader.read(
            () -> new UbjsonDocument(file), ModelFormat.UBJSON, file.length);
      }
      return DocumentModelReader.read(() -> new JsonDocument(file), ModelFormat.JSON, file.length);
    }
    if (looksLegacy(file)) {
      return LegacyModelReader.read(file);
    }
    throw new ModelFormatException(
        "not an XGBoost model: neither JSON, UBJSON nor the old binary format");
  }

  /** In UBJSON the first field's length follows the brace, in JSON a quote or space does. */
  private static boolean isUbjson(byte[] file) {
    return file[0] == '{' && file.length > 1 && "iUIlL$#".indexOf(file[1]) >= 0;
  }

  /** The old format has no magic number, but a plausible objective's name after its struct. */
  private static boolean looksLegacy(byte[] file) {
    int at = LegacyModelReader.LEARNER_BYTES;
    if (file.length < at + Long.BYTES) {
      return false;
    }
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    if (length < 1 || length > LONGEST_OBJECTIVE_NAME || length > file.length - at - Long.BYTES) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte letter = file[at + Long.BYTES + i];
      if (letter <= 0x20 || letter >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static int skipSpace(byte[] file, int from) {
    int at = from;
    while (at < file.length && " \t\r\n".indexOf(file[at]) >= 0) {
      at++;
    }
    return at;
  }

  static boolean startsWith(byte[] file, byte[] prefix) {
    return file.length >= prefix.length
        && Arrays.equals(file, 0, prefix.length, prefix, 0, prefix.length);
  }
}

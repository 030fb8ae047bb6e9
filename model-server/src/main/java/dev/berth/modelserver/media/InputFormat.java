package dev.berth.modelserver.media;

import java.util.Locale;
import java.util.Optional;

/** What a request's body may be. */
public enum InputFormat {
  CSV,
  LIBSVM,
  JSON,
  JSON_LINES,
  RECORDIO;

  /** The media types that are read, for messages. */
  public static final String OFFERED =
      "text/csv, text/libsvm, application/json, application/jsonlines,"
          + " application/x-recordio-protobuf";

  /**
   * The format of a Content-Type header; empty when it is not read here. Text is UTF-8: another
   * charset is not read.
   */
  public static Optional<InputFormat> of(String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    int semicolon = contentType.indexOf(';');
    if (semicolon >= 0 && !isUtf8(contentType.substring(semicolon + 1))) {
      return Optional.empty();
    }
    String essence = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return switch (essence.strip().toLowerCase(Locale.ROOT)) {
      case "text/csv" -> Optional.of(CSV);
      case "text/libsvm", "text/x-libsvm" -> Optional.of(LIBSVM);
      case "application/json" -> Optional.of(JSON);
      case "application/jsonlines",
          "application/x-jsonlines",
          "application/jsonl",
          "application/x-ndjson" ->
          Optional.of(JSON_LINES);
      case "application/x-recordio-protobuf" -> Optional.of(RECORDIO);
      default -> Optional.empty();
    };
  }

  /** Reads all rows of a body into the block. Throws {@link InvalidRowsException}. */
  public void read(Columns columns, byte[] text, int from, int to, RowBlock rows) {
    switch (this) {
      case CSV -> new CsvReader(columns).read(text, from, to, rows);
      case LIBSVM -> LibsvmReader.read(columns, text, from, to, rows);
      case JSON -> JsonReader.read(columns, text, from, to, rows);
      case JSON_LINES -> JsonReader.readLines(columns, text, from, to, rows);
      case RECORDIO -> RecordioReader.read(columns, text, from, to, rows);
    }
  }

  private static boolean isUtf8(String parameters) {
    for (String parameter : parameters.split(";", -1)) {
      String[] pair = parameter.split("=", 2);
      if (pair[0].strip().equalsIgnoreCase("charset")) {
        String charset =
            pair.length < 2 ? "" : pair[1].replace("\"", "").strip().toLowerCase(Locale.ROOT);
        return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
      }
    }
    return true;
  }
}

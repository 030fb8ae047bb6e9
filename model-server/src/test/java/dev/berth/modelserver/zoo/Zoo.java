package dev.berth.modelserver.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Models that XGBoost's releases trained, with what the release itself answers. */
public final class Zoo {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** A model's bytes: {@code Zoo.model("xgb-3.0.5/squarederror/model.ubj")}. */
  public static byte[] model(String entry) {
    try (InputStream zip = Zoo.class.getResourceAsStream("/zoo/zoo.zip");
        ZipInputStream entries = new ZipInputStream(zip)) {
      for (ZipEntry at = entries.getNextEntry(); at != null; at = entries.getNextEntry()) {
        if (at.getName().equals(entry)) {
          return entries.readAllBytes();
        }
      }
      throw new IllegalArgumentException("the zoo has no " + entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A model's file in this directory. */
  public static Path file(String entry, Path directory) {
    try {
      return Files.write(directory.resolve(entry.replace('/', '-')), model(entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The inputs of a case as CSV. */
  public static String csv(String directory) {
    List<String> lines = new ArrayList<>();
    for (JsonNode row : answers(directory).get("inputs")) {
      List<String> fields = new ArrayList<>();
      row.forEach(value -> fields.add(value.isNull() ? "" : value.asText()));
      lines.add(String.join(",", fields));
    }
    return String.join("\n", lines) + "\n";
  }

  /** The inputs, margins, predictions, leaves and contributions of a case. */
  public static JsonNode answers(String directory) {
    try {
      return MAPPER.readTree(model(directory + "/case.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Zoo() {}
}

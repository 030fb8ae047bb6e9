package dev.berth.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** One model of the zoo: its files, and what the release that trained it answers. */
record ZooCase(String name, Map<String, byte[]> files, JsonNode answers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<ZooCase> ALL = read();

  /** All cases, by name such as {@code xgb-3.2.0/dart}. Nobody may change their files. */
  static List<ZooCase> all() {
    return ALL;
  }

  static ZooCase named(String name) {
    return ALL.stream().filter(zooCase -> zooCase.name.equals(name)).findFirst().orElseThrow();
  }

  private static List<ZooCase> read() {
    Map<String, Map<String, byte[]>> folders = new TreeMap<>();
    try (InputStream archive = ZooCase.class.getResourceAsStream("/zoo/zoo.zip");
        ZipInputStream zip = new ZipInputStream(archive)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        int slash = entry.getName().lastIndexOf('/');
        if (!entry.isDirectory()) {
          folders
              .computeIfAbsent(entry.getName().substring(0, slash), _ -> new TreeMap<>())
              .put(entry.getName().substring(slash + 1), zip.readAllBytes());
        }
      }
      List<ZooCase> cases = new ArrayList<>();
      for (var folder : folders.entrySet()) {
        byte[] answers = folder.getValue().remove("case.json");
        cases.add(new ZooCase(folder.getKey(), folder.getValue(), JSON.readTree(answers)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String release() {
    return name.substring("xgb-".length(), name.indexOf('/'));
  }

  /** The value that stands for a missing one besides NaN. */
  float missing() {
    return name.endsWith("/missing-is-zero") ? 0 : Float.NaN;
  }

  int count() {
    return answers.get("inputs").size();
  }

  float[] inputs() {
    return flat("inputs").orElseThrow();
  }

  /** An answer row by row, or empty when the release gives none. */
  Optional<float[]> flat(String answer) {
    JsonNode node = answers.get(answer);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    List<Float> values = new ArrayList<>();
    collect(node, values);
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    return Optional.of(flat);
  }

  private static void collect(JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, into));
    } else {
      into.add(node.isNull() ? Float.NaN : (float) node.asDouble());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

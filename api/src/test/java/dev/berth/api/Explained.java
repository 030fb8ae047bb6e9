package dev.berth.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The fields that {@code kubectl explain --recursive} lists, by path, lists without index. */
final class Explained {
  private final Map<String, JsonNode> all = new TreeMap<>();
  private final Map<String, JsonNode> optional = new TreeMap<>();

  private Explained(JsonNode schema) {
    visit("", schema);
  }

  static Map<String, JsonNode> fields(JsonNode schema) {
    return new Explained(schema).all;
  }

  /** Those of the spec that need not be there. */
  static Map<String, JsonNode> optional(JsonNode schema) {
    return new Explained(schema)
        .optional.entrySet().stream()
            .filter(field -> field.getKey().startsWith("spec."))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void visit(String path, JsonNode schema) {
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      String child = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      all.put(child, field.getValue());
      if (!isRequired(schema, field.getKey())) {
        optional.put(child, field.getValue());
      }
      visit(child, field.getValue());
    }
    for (String inner : new String[] {"items", "additionalProperties"}) {
      if (schema.path(inner).isObject()) {
        visit(path, schema.get(inner));
      }
    }
  }

  private static boolean isRequired(JsonNode schema, String name) {
    return StreamSupport.stream(schema.path("required").spliterator(), false)
        .anyMatch(required -> required.asText().equals(name));
  }
}

package dev.berth.local.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Types, required and unknown fields, enums, bounds and repetition. */
final class StructureCheck {
  private final List<Fault> faults = new ArrayList<>();

  private StructureCheck() {}

  static List<Fault> of(JsonNode node, Schema schema) {
    StructureCheck check = new StructureCheck();
    check.visit("", node, schema);
    return check.faults;
  }

  private void visit(String path, JsonNode node, Schema schema) {
    if (!isOfType(node, schema)) {
      String wanted = schema.intOrString() ? "integer,string" : schema.type();
      add(path, "Invalid value: \"" + typeOf(node) + "\": must be of type " + wanted);
      return;
    }
    ScalarCheck.of(node, schema).forEach(message -> add(path, message));
    if (node.isObject()) {
      visitObject(path, node, schema);
    } else if (node.isArray()) {
      visitArray(path, node, schema);
    }
  }

  private void visitObject(String path, JsonNode node, Schema schema) {
    for (String name : schema.required()) {
      if (!node.has(name)) {
        add(Paths.field(path, name), "Required value");
      }
    }
    schema
        .bounds()
        .maxSize()
        .ifPresent(
            max -> {
              if (node.size() > max) {
                add(path, "Too many: " + node.size() + ": must have at most " + max + " items");
              }
            });
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String child = Paths.field(path, field.getKey());
      schema
          .field(field.getKey())
          .ifPresentOrElse(
              fieldSchema -> visit(child, field.getValue(), fieldSchema),
              () -> unknown(path, field.getKey(), schema));
    }
  }

  private void unknown(String path, String name, Schema schema) {
    if (schema.open()) {
      return;
    }
    String hint =
        Spelling.nearest(name, schema.properties().keySet())
            .map(near -> ", did you mean \"" + near + "\"?")
            .orElse(
                schema.properties().isEmpty()
                    ? ""
                    : ": there are " + String.join(", ", schema.properties().keySet()));
    add(path, "unknown field \"" + Paths.field(path, name) + "\"" + hint);
  }

  private void visitArray(String path, JsonNode node, Schema schema) {
    Schema.Bounds bounds = schema.bounds();
    if (node.size() > bounds.maxSize().orElse(Integer.MAX_VALUE)) {
      add(
          path,
          "Too many: %d: must have at most %d items"
              .formatted(node.size(), bounds.maxSize().getAsInt()));
    }
    if (node.size() < bounds.minSize().orElse(0)) {
      add(
          path,
          "Invalid value: %d: should have at least %d items"
              .formatted(node.size(), bounds.minSize().getAsInt()));
    }
    schema
        .items()
        .ifPresent(
            items -> {
              for (int i = 0; i < node.size(); i++) {
                visit(Paths.item(path, i), node.get(i), items);
              }
            });
    findRepetition(path, node, schema.unique());
  }

  private void findRepetition(String path, JsonNode node, Schema.Unique unique) {
    if (!unique.items() && unique.keys().isEmpty()) {
      return;
    }
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < node.size(); i++) {
      JsonNode item = node.get(i);
      Object identity = unique.items() ? item : keys(item, unique.keys());
      if (!seen.add(identity)) {
        add(Paths.item(path, i), "Duplicate value: " + text(identity));
      }
    }
  }

  private static Map<String, JsonNode> keys(JsonNode item, List<String> names) {
    Map<String, JsonNode> keys = new LinkedHashMap<>();
    names.forEach(name -> keys.put(name, item.path(name)));
    return keys;
  }

  private static String text(Object identity) {
    return identity instanceof Map<?, ?> keys
        ? keys.entrySet().stream()
            .map(key -> "\"" + key.getKey() + "\":" + key.getValue())
            .collect(Collectors.joining(",", "{", "}"))
        : identity.toString();
  }

  private static boolean isOfType(JsonNode node, Schema schema) {
    if (schema.intOrString()) {
      return node.isIntegralNumber() || node.isTextual();
    }
    return switch (schema.type()) {
      case "object" -> node.isObject();
      case "array" -> node.isArray();
      case "string" -> node.isTextual();
      case "integer" -> node.isIntegralNumber();
      case "number" -> node.isNumber();
      case "boolean" -> node.isBoolean();
      default -> true;
    };
  }

  private static String typeOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> node.isIntegralNumber() ? "integer" : "number";
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case OBJECT -> "object";
      case STRING -> "string";
      case NULL, MISSING, BINARY, POJO -> "null";
    };
  }

  private void add(String path, String message) {
    faults.add(new Fault(path, message));
  }
}

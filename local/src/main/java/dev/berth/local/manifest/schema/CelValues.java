package dev.berth.local.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as CEL sees it: maps, lists, strings, booleans, longs and doubles. The schema decides
 * between the last two, as on the API server: {@code 1} in a field of type number is 1.0.
 */
final class CelValues {

  private CelValues() {}

  static Object of(JsonNode node, Schema schema) {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node, schema);
      case ARRAY -> list(node, schema);
      case NUMBER ->
          node.isIntegralNumber() && !schema.type().equals("number")
              ? (Object) node.longValue()
              : (Object) node.doubleValue();
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING, STRING, BINARY, POJO -> node.asText();
    };
  }

  private static Map<String, Object> map(JsonNode node, Schema schema) {
    Map<String, Object> map = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field ->
                map.put(
                    field.getKey(),
                    of(field.getValue(), schema.field(field.getKey()).orElse(schema))));
    return map;
  }

  private static List<Object> list(JsonNode node, Schema schema) {
    List<Object> list = new ArrayList<>();
    node.forEach(item -> list.add(of(item, schema.items().orElse(schema))));
    return list;
  }
}

package dev.berth.local.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A structural schema as CRDs have it.
 *
 * @param type object, array, string, integer, number, boolean; empty for int-or-string
 * @param format {@code byte} for base64; empty otherwise
 * @param properties of an object, by name
 * @param values schema of an object's values, when it is a map
 * @param items of an array
 * @param open an object may have any field
 * @param intOrString as quantities are
 * @param unique how an array refuses repetition
 * @param bounds on values and sizes
 * @param rules CEL rules
 */
record Schema(
    String type,
    String format,
    Map<String, Schema> properties,
    Optional<Schema> values,
    Optional<Schema> items,
    List<String> required,
    boolean open,
    boolean intOrString,
    Unique unique,
    Bounds bounds,
    List<Rule> rules) {

  /** An array whose items, or whose items' keys, stand once; none of both when empty. */
  record Unique(boolean items, List<String> keys) {}

  /** Bounds; what is absent does not bind. {@code min} and {@code max} are inclusive. */
  record Bounds(
      OptionalDouble min,
      OptionalDouble max,
      OptionalInt minSize,
      OptionalInt maxSize,
      Optional<Pattern> pattern,
      List<String> allowed) {}

  /** A node of {@code openAPIV3Schema}. */
  static Schema read(JsonNode node) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    node.path("properties")
        .properties()
        .forEach(property -> properties.put(property.getKey(), read(property.getValue())));
    return new Schema(
        node.path("type").asText(),
        node.path("format").asText(),
        properties,
        child(node, "additionalProperties"),
        child(node, "items"),
        texts(node.path("required")),
        node.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
        node.path("x-kubernetes-int-or-string").asBoolean(),
        new Unique(
            node.path("x-kubernetes-list-type").asText().equals("set"),
            texts(node.path("x-kubernetes-list-map-keys"))),
        bounds(node),
        Rule.readAll(node.path("x-kubernetes-validations")));
  }

  private static Bounds bounds(JsonNode node) {
    return new Bounds(
        node.has("minimum")
            ? OptionalDouble.of(node.get("minimum").asDouble())
            : OptionalDouble.empty(),
        node.has("maximum")
            ? OptionalDouble.of(node.get("maximum").asDouble())
            : OptionalDouble.empty(),
        size(node, "minLength", "minItems", "minProperties"),
        size(node, "maxLength", "maxItems", "maxProperties"),
        node.has("pattern")
            ? Optional.of(Pattern.compile(node.get("pattern").asText()))
            : Optional.empty(),
        texts(node.path("enum")));
  }

  private static OptionalInt size(JsonNode node, String... names) {
    for (String name : names) {
      if (node.has(name)) {
        return OptionalInt.of(node.get(name).asInt());
      }
    }
    return OptionalInt.empty();
  }

  private static Optional<Schema> child(JsonNode node, String name) {
    return node.path(name).isObject() ? Optional.of(read(node.get(name))) : Optional.empty();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return List.copyOf(texts);
  }

  /** The schema of one field of an object, if it may have that field. */
  Optional<Schema> field(String name) {
    Schema property = properties.get(name);
    return property != null ? Optional.of(property) : values;
  }
}

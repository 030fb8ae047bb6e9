package dev.berth.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Every demand that a CRD's schema makes of what people write, status left out. */
final class CrdRules {
  /** Nobody applies a status by hand: the operator writes it, and its own types hold it. */
  private static final Set<String> NOT_WRITTEN_BY_PEOPLE = Set.of("status");

  /** Stands in a path for the keys of a map, which people choose. */
  private static final String ANY_KEY = "{key}";

  private final List<Rule> rules = new ArrayList<>();

  private CrdRules() {}

  /**
   * One demand.
   *
   * @param field path, without the indices of lists
   * @param words that a refusal for its sake holds, as far as they do not depend on the value
   */
  record Rule(String field, String words) {
    boolean isBrokenBy(Fixture fixture) {
      String any = Pattern.quote(field).replace(ANY_KEY, "\\E.+\\Q");
      return fixture.field().replaceAll("\\[\\d+]", "").matches(any)
          && fixture.expect().filter(expect -> expect.contains(words)).isPresent();
    }
  }

  static List<Rule> of(JsonNode schema) {
    CrdRules rules = new CrdRules();
    rules.visit("", schema);
    return rules.rules;
  }

  private void visit(String path, JsonNode schema) {
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> rules.add(new Rule(path, rule.path("message").asText())));
    bounds(path, schema);
    schema
        .path("required")
        .forEach(name -> rules.add(new Rule(child(path, name.asText()), "Required value")));
    schema.path("properties").properties().stream()
        .filter(property -> !(path.isEmpty() && NOT_WRITTEN_BY_PEOPLE.contains(property.getKey())))
        .forEach(property -> visit(child(path, property.getKey()), property.getValue()));
    if (schema.has("items")) {
      visit(path, schema.get("items"));
    }
    if (schema.has("additionalProperties")) {
      visit(child(path, ANY_KEY), schema.get("additionalProperties"));
    }
  }

  private void bounds(String path, JsonNode schema) {
    add(path, schema, "minimum", "should be greater than or equal to ");
    add(path, schema, "maximum", "should be less than or equal to ");
    add(path, schema, "minLength", "should be at least %d chars long");
    add(path, schema, "maxLength", "Too long: may not be more than %d bytes");
    add(path, schema, "minItems", "should have at least %d items");
    add(path, schema, "maxItems", "must have at most %d items");
    add(path, schema, "pattern", "should match");
    if (schema.has("enum")) {
      String allowed =
          StreamSupport.stream(schema.get("enum").spliterator(), false)
              .map(JsonNode::toString)
              .collect(Collectors.joining(", "));
      rules.add(new Rule(path, "supported values: " + allowed));
    }
    if (Set.of("map", "set").contains(schema.path("x-kubernetes-list-type").asText())) {
      rules.add(new Rule(path, "Duplicate value: "));
    }
    for (String unknown : List.of("maxProperties", "minProperties", "multipleOf", "not", "oneOf")) {
      if (schema.has(unknown)) {
        throw new IllegalStateException(path + " has " + unknown + ": say here how it is refused");
      }
    }
  }

  private void add(String path, JsonNode schema, String keyword, String words) {
    if (schema.has(keyword)) {
      rules.add(new Rule(path, words.formatted(schema.get(keyword).asLong())));
    }
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

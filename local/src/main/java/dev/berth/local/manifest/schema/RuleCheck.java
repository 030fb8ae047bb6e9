package dev.berth.local.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs every CEL rule of a schema over a tree whose structure is right. */
final class RuleCheck {
  private final List<Fault> faults = new ArrayList<>();

  private RuleCheck() {}

  /**
   * All rules that are broken.
   *
   * @param old the previous version, or a missing node
   */
  static List<Fault> of(JsonNode self, JsonNode old, Schema schema) {
    RuleCheck check = new RuleCheck();
    check.visit("", self, old, schema);
    return check.faults;
  }

  private void visit(String path, JsonNode self, JsonNode old, Schema schema) {
    judge(path, self, old, schema);
    if (self.isObject()) {
      for (Map.Entry<String, JsonNode> field : self.properties()) {
        schema
            .field(field.getKey())
            .ifPresent(
                child ->
                    visit(
                        Paths.field(path, field.getKey()),
                        field.getValue(),
                        old.path(field.getKey()),
                        child));
      }
    } else if (self.isArray() && schema.items().isPresent()) {
      for (int i = 0; i < self.size(); i++) {
        JsonNode before = sameKey(self.get(i), old, schema.unique().keys());
        visit(Paths.item(path, i), self.get(i), before, schema.items().get());
      }
    }
  }

  private void judge(String path, JsonNode self, JsonNode old, Schema schema) {
    if (schema.rules().isEmpty()) {
      return;
    }
    Object value = CelValues.of(self, schema);
    Object before = CelValues.of(old, schema);
    for (Rule rule : schema.rules()) {
      boolean applies = !rule.transition() || !old.isMissingNode();
      if (applies && !rule.holds(value, before)) {
        faults.add(new Fault(path, rule.message()));
      }
    }
  }

  /** Items of a list that has keys are followed by key; those of other lists have no past. */
  private static JsonNode sameKey(JsonNode item, JsonNode old, List<String> keys) {
    if (!keys.isEmpty()) {
      for (JsonNode candidate : old) {
        if (keys.stream().allMatch(key -> candidate.path(key).equals(item.path(key)))) {
          return candidate;
        }
      }
    }
    return MissingNode.getInstance();
  }
}

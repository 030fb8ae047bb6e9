package dev.berth.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/** Puts right what the generator makes of our types, all the way down a schema. */
final class SchemaCorrections {
  private SchemaCorrections() {}

  static void apply(JSONSchemaProps schema) {
    dropRepeatedRules(schema);
    openFreeObjects(schema);
    // No amount at all is the one text that nobody's client can read as a quantity.
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      schema.setMinLength(1L);
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(SchemaCorrections::apply);
    }
    if (schema.getItems() != null) {
      apply(schema.getItems().getSchema());
    }
    if (schema.getAdditionalProperties() != null) {
      apply(schema.getAdditionalProperties().getSchema());
    }
  }

  /** A rule on a record's component arrives from the field and from the accessor. */
  private static void dropRepeatedRules(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    }
  }

  /** {@code Map<String, Object>} means anything, but comes out as a map of empty objects. */
  private static void openFreeObjects(JSONSchemaProps schema) {
    boolean array = "array".equals(schema.getType());
    if (array && Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
      schema.setXKubernetesPreserveUnknownFields(null);
      schema.getItems().getSchema().setXKubernetesPreserveUnknownFields(true);
    }
    if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
      schema.setAdditionalProperties(null);
    }
  }
}

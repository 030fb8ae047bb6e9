package dev.berth.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says in the CRD which resources a map of quantities usually has, and has the API server read
 * their quantities: a wrong one would only show when pods are made. Resources that are not named
 * here, such as a GPU, are taken as they are: a rule for every value of the map would be beyond the
 * cost limit of rules, as older API servers take a quantity to be as long as a request may be
 * (kubernetes#132837). Public for the generator only, which makes one by its constructor.
 */
public final class ComputeResources implements SchemaCustomizer.Customizer {
  private static final String RULE =
      "type(self) == string ? isQuantity(self) && !self.startsWith('-') : self >= 0";
  private static final String CPU_MESSAGE =
      "cpu is a number of cores, or of thousandths of a core with an m: write 2 or 500m";
  private static final String BYTES_MESSAGE =
      " is a number of bytes, with a unit such as Mi or Gi and no space before it: write 512Mi or"
          + " 2Gi";

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    for (String map : input.split(", ", -1)) {
      JSONSchemaProps property = schema.getProperties().get(map);
      JSONSchemaProps quantity = property.getAdditionalProperties().getSchema();
      Map<String, JSONSchemaProps> known = new LinkedHashMap<>();
      known.put("cpu", of(quantity, "Cores, for example 2 or 500m.", CPU_MESSAGE));
      known.put(
          "ephemeral-storage",
          of(quantity, "Disk of the node, for example 1Gi.", "ephemeral-storage" + BYTES_MESSAGE));
      known.put(
          "memory", of(quantity, "Memory, for example 512Mi or 2Gi.", "memory" + BYTES_MESSAGE));
      property.setProperties(known);
      property.setAdditionalProperties(null);
      property.setXKubernetesPreserveUnknownFields(true);
    }
    return schema;
  }

  private static JSONSchemaProps of(JSONSchemaProps quantity, String description, String message) {
    return new JSONSchemaPropsBuilder(quantity)
        .withDescription(description)
        .addNewXKubernetesValidation()
        .withRule(RULE)
        .withMessage(message)
        .endXKubernetesValidation()
        .build();
  }
}

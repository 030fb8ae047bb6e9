package dev.berth.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Says in the CRD which lists hold each item once, which fabric8's annotations cannot: {@code
 * "features by name, labels"} makes {@code features} a map by its items' {@code name} and {@code
 * labels} a set. The API server then refuses duplicates, at a cost that no CEL rule would keep for
 * long lists, and server-side apply merges the items of a map one by one. Public for the generator
 * only, which makes one by its constructor.
 */
public final class UniqueItems implements SchemaCustomizer.Customizer {

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    for (String list : input.split(", ", -1)) {
      String[] nameAndKey = list.split(" by ", 2);
      JSONSchemaProps property = schema.getProperties().get(nameAndKey[0]);
      if (nameAndKey.length == 1) {
        property.setXKubernetesListType("set");
      } else {
        property.setXKubernetesListType("map");
        property.setXKubernetesListMapKeys(List.of(nameAndKey[1]));
      }
    }
    return schema;
  }
}

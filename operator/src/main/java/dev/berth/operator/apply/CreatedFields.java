package dev.berth.operator.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * Makes fields that we created fields that we apply.
 *
 * <p>A create records its fields under "Update", and an apply under "Apply"; a field that a later
 * apply leaves out goes only if no one else has it, so the first entry would hold every field for
 * ever. Before the first apply over an object the entry is turned into an "Apply" one. The replicas
 * are left out where an autoscaler owns them: a field that we held and dropped falls back to 1
 * (kubernetes/kubernetes#94585), a field that nobody holds stays as it is.
 */
final class CreatedFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final Writes writes;

  CreatedFields(KubernetesClient client, Writes writes) {
    this.client = client;
    this.writes = writes;
  }

  /** Returns whether the object was changed, and so has a new resourceVersion. */
  boolean toApplied(HasMetadata live, boolean keepReplicas) {
    String raw = client.raw(ApiPath.of(live));
    if (raw == null) {
      return false;
    }
    try {
      JsonNode metadata = JSON.readTree(raw).path("metadata");
      JsonNode entries = metadata.path("managedFields");
      ArrayNode next = turned(entries, keepReplicas);
      if (next.equals(entries) || !entries.isArray()) {
        return false;
      }
      ArrayNode patch = JSON.createArrayNode();
      // To replace it by what was read is how a JSON patch asks for the lock: 409 when it is stale.
      patch.add(
          operation("replace", "/metadata/resourceVersion", metadata.path("resourceVersion")));
      patch.add(operation("replace", "/metadata/managedFields", next));
      client.resource(live).patch(PatchContext.of(PatchType.JSON), JSON.writeValueAsString(patch));
      writes.wrote(live.getKind(), "patch");
      return true;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API server's answer is not JSON", e);
    }
  }

  private static ArrayNode turned(JsonNode entries, boolean keepReplicas) {
    boolean applied = false;
    for (JsonNode entry : entries) {
      applied |= ours(entry, "Apply");
    }
    ArrayNode next = JSON.createArrayNode();
    for (JsonNode entry : entries) {
      if (!ours(entry, "Update")) {
        next.add(entry);
      } else if (!applied) {
        ObjectNode turned = entry.deepCopy();
        turned.put("operation", "Apply");
        if (!keepReplicas && turned.at("/fieldsV1/f:spec") instanceof ObjectNode spec) {
          spec.remove("f:replicas");
        }
        next.add(turned);
      }
    }
    return next;
  }

  private static boolean ours(JsonNode entry, String operation) {
    return Applier.FIELD_MANAGER.equals(entry.path("manager").asText())
        && operation.equals(entry.path("operation").asText())
        && entry.path("subresource").asText().isEmpty();
  }

  private static ObjectNode operation(String name, String path, JsonNode value) {
    ObjectNode operation = JSON.createObjectNode();
    operation.put("op", name).put("path", path).set("value", value);
    return operation;
  }
}

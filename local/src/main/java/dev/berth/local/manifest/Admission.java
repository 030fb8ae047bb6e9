package dev.berth.local.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;

/** What becomes of one document: a typed resource, or reasons why not. */
sealed interface Admission {

  /** The resource as it stands from now on. */
  record Accepted(HasMetadata resource) implements Admission {}

  /** Never without a fault. */
  record Refused(List<Fault> faults) implements Admission {}

  /** One field and what is wrong with it. */
  record Fault(String field, String message) {}

  /**
   * Judges a document.
   *
   * @param content the document
   * @param type what it is, by its kind
   * @param before the version that was accepted last, or null
   */
  static Admission of(JsonNode content, Class<? extends HasMetadata> type, HasMetadata before) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode stripped = content.deepCopy();
      stripped.remove("status");
      HasMetadata resource = mapper.treeToValue(stripped, type);
      if (resource.getMetadata().getNamespace() == null) {
        resource.getMetadata().setNamespace("default");
      }
      boolean same =
          before != null
              && Objects.equals(
                  mapper.valueToTree(before).get("spec"), mapper.valueToTree(resource).get("spec"));
      long generation = before == null ? 1 : before.getMetadata().getGeneration() + (same ? 0 : 1);
      resource.getMetadata().setGeneration(generation);
      return new Accepted(resource);
    } catch (JsonProcessingException e) {
      return new Refused(List.of(new Fault("", e.getOriginalMessage())));
    }
  }
}

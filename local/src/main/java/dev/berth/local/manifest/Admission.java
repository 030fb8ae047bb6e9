package dev.berth.local.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.manifest.schema.Fault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** What becomes of one document: a typed resource, or reasons why not. */
sealed interface Admission {

  /** The resource as it stands from now on. */
  record Accepted(HasMetadata resource) implements Admission {}

  /** Never without a fault. */
  record Refused(List<Fault> faults) implements Admission {}

  /**
   * Judges a document.
   *
   * @param content the document, with a name
   * @param key its kind, namespace and name
   * @param before the version that was accepted last, or null
   */
  static Admission of(JsonNode content, Kind kind, ResourceKey key, HasMetadata before) {
    List<Fault> faults = kind.schema().check(content);
    if (!faults.isEmpty()) {
      return new Refused(faults);
    }
    HasMetadata resource = TypedJson.read(content, kind.type());
    resource.getMetadata().setNamespace(key.namespace());
    if (before == null) {
      resource.getMetadata().setGeneration(1L);
      return new Accepted(resource);
    }
    JsonNode now = TypedJson.write(resource);
    JsonNode then = TypedJson.write(before);
    List<Fault> changes = kind.schema().checkUpdate(now, then);
    if (!changes.isEmpty()) {
      return new Refused(changes);
    }
    boolean sameSpec = now.path("spec").equals(then.path("spec"));
    long generation = before.getMetadata().getGeneration() + (sameSpec ? 0 : 1);
    resource.getMetadata().setGeneration(generation);
    return new Accepted(TypedJson.write(resource).equals(then) ? before : resource);
  }
}

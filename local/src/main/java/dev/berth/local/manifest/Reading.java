package dev.berth.local.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.local.manifest.ManifestFile.Document;
import dev.berth.local.manifest.ManifestFile.UnreadableException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One reading of a folder, document by document. */
final class Reading {
  private static final String GROUP = "berth.dev";

  /** What the local shell runs, by apiVersion and kind. */
  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "berth.dev/v1alpha1 Model", Model.class,
          "berth.dev/v1alpha1 EndpointConfig", EndpointConfig.class,
          "berth.dev/v1alpha1 Endpoint", Endpoint.class,
          "v1 ConfigMap", ConfigMap.class,
          "v1 Secret", Secret.class);

  private final Manifests previous;
  private final Map<ResourceKey, HasMetadata> resources = new LinkedHashMap<>();
  private final Map<ResourceKey, Source> sources = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  Reading(Manifests previous) {
    this.previous = previous;
  }

  Manifests result() {
    return new Manifests(resources, sources, problems, notes);
  }

  void add(Path file) {
    try {
      for (Document document : ManifestFile.read(file)) {
        add(document);
      }
    } catch (UnreadableException e) {
      problems.add(new Problem(e.source(), "", "", e.getMessage()));
      keepAll(file);
    }
  }

  private void add(Document document) {
    JsonNode content = document.content();
    String apiVersion = content.path("apiVersion").asText();
    String kind = content.path("kind").asText();
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      refuse(
          document,
          "",
          kind.isEmpty() ? "kind" : "apiVersion",
          "Required value: every document names its apiVersion and kind");
      return;
    }
    Class<? extends HasMetadata> type = TYPES.get(apiVersion + " " + kind);
    if (type == null) {
      unknown(document, apiVersion, kind);
      return;
    }
    String name = content.path("metadata").path("name").asText();
    if (name.isEmpty()) {
      refuse(document, kind, "metadata.name", "Required value: name or generateName is required");
      return;
    }
    String namespace = content.path("metadata").path("namespace").asText("default");
    take(document, new ResourceKey(kind, namespace, name), type);
  }

  private void take(Document document, ResourceKey key, Class<? extends HasMetadata> type) {
    if (sources.containsKey(key)) {
      refuse(
          document,
          key.toString(),
          "metadata.name",
          "defined twice: " + sources.get(key) + " has it too, remove one of the two");
      return;
    }
    HasMetadata before = previous.resources().get(key);
    Admission admission = Admission.of(document.content(), type, before);
    switch (admission) {
      case Admission.Accepted(HasMetadata resource) -> put(key, resource, document.source());
      case Admission.Refused(List<Admission.Fault> faults) -> {
        faults.forEach(fault -> refuse(document, key.toString(), fault.field(), fault.message()));
        if (before != null) {
          put(key, before, document.source());
        }
      }
    }
  }

  private void unknown(Document document, String apiVersion, String kind) {
    if (apiVersion.startsWith(GROUP + "/")) {
      refuse(
          document,
          kind,
          "kind",
          "no matches for kind \""
              + kind
              + "\" in version \""
              + apiVersion
              + "\": Berth knows Model, EndpointConfig and Endpoint in berth.dev/v1alpha1");
    } else {
      notes.add(
          new Note(
              document.source(),
              apiVersion + " " + kind + " is ignored: it means something on a cluster only"));
    }
  }

  private void refuse(Document document, String resource, String field, String message) {
    problems.add(new Problem(document.source(), resource, field, message));
  }

  /** A file that cannot be read takes nothing away: it is most likely being edited. */
  private void keepAll(Path file) {
    previous
        .sources()
        .forEach(
            (key, source) -> {
              if (source.file().equals(file) && !sources.containsKey(key)) {
                put(key, previous.resources().get(key), source);
              }
            });
  }

  private void put(ResourceKey key, HasMetadata resource, Source source) {
    resources.put(key, resource);
    sources.put(key, source);
  }
}

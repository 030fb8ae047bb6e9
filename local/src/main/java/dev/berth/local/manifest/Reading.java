package dev.berth.local.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.manifest.ManifestFile.Document;
import dev.berth.local.manifest.ManifestFile.UnreadableException;
import dev.berth.local.manifest.schema.Fault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One reading of a folder, document by document. */
final class Reading {
  private static final String GROUP = "berth.dev";

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
    Optional<Kind> known = Kind.of(apiVersion, kind);
    if (known.isEmpty()) {
      unknown(document, apiVersion, kind);
      return;
    }
    String name = content.path("metadata").path("name").asText();
    if (name.isEmpty()) {
      refuse(document, kind, "metadata.name", "Required value: name or generateName is required");
      return;
    }
    String namespace = content.path("metadata").path("namespace").asText("default");
    take(document, new ResourceKey(kind, namespace, name), known.get());
  }

  private void take(Document document, ResourceKey key, Kind kind) {
    if (sources.containsKey(key)) {
      refuse(
          document,
          key.toString(),
          "metadata.name",
          "defined twice: " + sources.get(key) + " has it too, remove one of the two");
      return;
    }
    HasMetadata before = previous.resources().get(key);
    Admission admission = Admission.of(document.content(), kind, key, before);
    switch (admission) {
      case Admission.Accepted(HasMetadata resource) -> put(key, resource, document.source());
      case Admission.Refused(List<Fault> faults) -> {
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

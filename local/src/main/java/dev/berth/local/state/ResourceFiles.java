package dev.berth.local.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.local.manifest.ResourceKey;
import dev.berth.local.manifest.Source;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One YAML file a resource, as {@code kubectl get -o yaml} would show it, with where it came from
 * in an annotation.
 */
final class ResourceFiles {
  private static final String SOURCE_FILE = "local.berth.dev/source-file";
  private static final String SOURCE_DOCUMENT = "local.berth.dev/source-document";
  private static final Map<String, Class<? extends CustomResource<?, ?>>> TYPES =
      Map.of(
          "Model", Model.class, "EndpointConfig", EndpointConfig.class, "Endpoint", Endpoint.class);
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private final Path folder;

  ResourceFiles(Path folder) {
    this.folder = folder;
  }

  void write(Held one) throws IOException {
    ObjectNode json = YAML.valueToTree(one.taken());
    json.set("metadata", YAML.valueToTree(one.metadata()));
    ObjectNode annotations = json.withObject("/metadata").withObject("/annotations");
    annotations.put(SOURCE_FILE, one.source().file().toString());
    annotations.put(SOURCE_DOCUMENT, Integer.toString(one.source().document()));
    json.set("status", YAML.valueToTree(one.status()));
    if (one.status() == null) {
      json.remove("status");
    }
    AtomicFile.write(file(one.key()), YAML.writeValueAsBytes(json));
  }

  void delete(ResourceKey key) throws IOException {
    Files.deleteIfExists(file(key));
  }

  List<Held> readAll() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Held> all = new ArrayList<>();
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        all.add(read(file));
      }
    }
    return all;
  }

  private static Held read(Path file) throws IOException {
    JsonNode json = YAML.readTree(Files.readAllBytes(file));
    Class<? extends CustomResource<?, ?>> type = TYPES.get(json.path("kind").asText());
    if (type == null) {
      throw new IOException(file + " is not a resource that this version knows");
    }
    CustomResource<?, ?> resource = YAML.treeToValue(json, type);
    Object status = resource.getStatus();
    resource.setStatus(null);
    String uid = resource.getMetadata().getUid();
    String created = resource.getMetadata().getCreationTimestamp();
    String deleted = resource.getMetadata().getDeletionTimestamp();
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    Source source =
        new Source(
            Path.of(annotations.remove(SOURCE_FILE)),
            Integer.parseInt(annotations.remove(SOURCE_DOCUMENT)));
    ResourceKey key =
        new ResourceKey(
            resource.getKind(),
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName());
    return new Held(key, resource, uid, created, deleted, status, source);
  }

  private Path file(ResourceKey key) {
    return folder.resolve(
        key.kind().toLowerCase(Locale.ROOT) + "." + key.namespace() + "." + key.name() + ".yaml");
  }
}

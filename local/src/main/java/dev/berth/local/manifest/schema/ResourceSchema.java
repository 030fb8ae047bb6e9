package dev.berth.local.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an API server demands of one kind of resource. Immutable, safe for concurrent use. */
public final class ResourceSchema {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Checked apart from the rest, or not at all: an apply does not touch the status. */
  private static final Set<String> NOT_IN_SCHEMA = Set.of("apiVersion", "kind", "metadata");

  private static final Schema METADATA = Schema.read(load("metadata.yaml"));

  private final Schema schema;

  private ResourceSchema(JsonNode schema) {
    this.schema = Schema.read(schema);
  }

  /**
   * Of one of Berth's own kinds, by the CRD that clusters get.
   *
   * @param plural {@code models}
   */
  public static ResourceSchema ofCrd(String plural) {
    JsonNode crd = load("/dev/berth/crds/" + plural + ".berth.dev.yaml");
    return new ResourceSchema(crd.at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  /** Of a ConfigMap. */
  public static ResourceSchema ofConfigMap() {
    return new ResourceSchema(load("configmap.yaml"));
  }

  /** Of a Secret. */
  public static ResourceSchema ofSecret() {
    return new ResourceSchema(load("secret.yaml"));
  }

  private static JsonNode load(String resource) {
    try (InputStream stream = ResourceSchema.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is missing on the class path");
      }
      return YAML.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /**
   * What is wrong with a resource; empty when nothing is. Rules are only tried on what is
   * structurally right.
   *
   * @param resource the whole document; its status is not looked at
   */
  public List<Fault> check(JsonNode resource) {
    ObjectNode body = body(resource);
    List<Fault> faults = new ArrayList<>();
    for (Fault fault : metadataFaults(resource)) {
      faults.add(underMetadata(fault));
    }
    faults.addAll(StructureCheck.of(body, schema));
    if (faults.isEmpty()) {
      faults.addAll(RuleCheck.of(named(body, resource), MissingNode.getInstance(), schema));
    }
    return faults;
  }

  /**
   * Which rules on changes an update breaks: a field that never changes has changed. Both versions
   * are written the same way (no nulls, quantities as text), so that only meaning is compared.
   */
  public List<Fault> checkUpdate(JsonNode resource, JsonNode before) {
    return RuleCheck.of(named(body(resource), resource), named(body(before), before), schema);
  }

  private static List<Fault> metadataFaults(JsonNode resource) {
    JsonNode metadata = resource.path("metadata");
    List<Fault> structure = StructureCheck.of(metadata, METADATA);
    return structure.isEmpty()
        ? RuleCheck.of(metadata, MissingNode.getInstance(), METADATA)
        : structure;
  }

  private static Fault underMetadata(Fault fault) {
    String message = fault.message().replaceFirst("^unknown field \"", "unknown field \"metadata.");
    return new Fault(fault.field().isEmpty() ? "metadata" : "metadata." + fault.field(), message);
  }

  private static ObjectNode body(JsonNode resource) {
    ObjectNode body = resource.deepCopy();
    body.remove(NOT_IN_SCHEMA);
    body.remove("status");
    return body;
  }

  /** Rules of the root see apiVersion, kind and the name, as on the API server. */
  private static ObjectNode named(ObjectNode body, JsonNode resource) {
    ObjectNode named = body.deepCopy();
    named.putObject("metadata").set("name", resource.path("metadata").path("name"));
    return named;
  }
}

package dev.berth.local.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From JSON to the resource types and back. */
final class TypedJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private TypedJson() {}

  /** The resource that a document describes; valid by its schema already. */
  static HasMetadata read(JsonNode content, Class<? extends HasMetadata> type) {
    ObjectNode withoutStatus = content.deepCopy();
    withoutStatus.remove("status");
    if (CustomResource.class.isAssignableFrom(type)) {
      // The type says so already, and logs each time that it is told.
      withoutStatus.remove(List.of("apiVersion", "kind"));
    }
    try {
      HasMetadata resource = MAPPER.treeToValue(withoutStatus, type);
      if (resource instanceof Secret secret) {
        encode(secret);
      }
      return resource;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("valid by its schema, but no " + type.getSimpleName(), e);
    }
  }

  /** The resource without its status, written one way whatever its manifest looked like. */
  static JsonNode write(HasMetadata resource) {
    ObjectNode body = MAPPER.valueToTree(resource);
    body.remove("status");
    return body;
  }

  /** As the API server does: what was written as text joins what was written in base64. */
  private static void encode(Secret secret) {
    Map<String, String> texts = secret.getStringData();
    if (texts == null || texts.isEmpty()) {
      return;
    }
    Map<String, String> data =
        secret.getData() == null ? new HashMap<>() : new HashMap<>(secret.getData());
    texts.forEach((key, text) -> data.put(key, base64(text)));
    secret.setData(data);
    secret.setStringData(null);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

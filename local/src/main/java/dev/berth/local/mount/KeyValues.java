package dev.berth.local.mount;

import dev.berth.local.manifest.Manifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The entries of a ConfigMap or Secret as bytes, by key. */
final class KeyValues {
  /** The API server's rule for keys; it also keeps a key from being a path. */
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

  private KeyValues() {}

  static Optional<Map<String, byte[]>> configMap(Manifests manifests, String namespace, String name)
      throws MissingException {
    Optional<ConfigMap> found = manifests.find(ConfigMap.class, namespace, name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Map<String, byte[]> entries = new TreeMap<>();
    text(found.get().getData(), entries);
    encoded(found.get(), found.get().getBinaryData(), entries);
    return Optional.of(checked(found.get(), entries));
  }

  static Optional<Map<String, byte[]>> secret(Manifests manifests, String namespace, String name)
      throws MissingException {
    Optional<Secret> found = manifests.find(Secret.class, namespace, name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Map<String, byte[]> entries = new TreeMap<>();
    encoded(found.get(), found.get().getData(), entries);
    text(found.get().getStringData(), entries);
    return Optional.of(checked(found.get(), entries));
  }

  private static void text(Map<String, String> from, Map<String, byte[]> to) {
    if (from != null) {
      from.forEach((key, value) -> to.put(key, value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static void encoded(HasMetadata of, Map<String, String> from, Map<String, byte[]> to)
      throws MissingException {
    if (from == null) {
      return;
    }
    for (Map.Entry<String, String> entry : from.entrySet()) {
      try {
        // As the API server does, which takes base64 in lines.
        to.put(entry.getKey(), Base64.getDecoder().decode(entry.getValue().replaceAll("\\s", "")));
      } catch (IllegalArgumentException e) {
        throw new MissingException(
            "InvalidConfiguration",
            name(of) + ": key '" + entry.getKey() + "' is not base64: " + e.getMessage(),
            false);
      }
    }
  }

  private static Map<String, byte[]> checked(HasMetadata of, Map<String, byte[]> entries)
      throws MissingException {
    for (String key : entries.keySet()) {
      if (!KEY.matcher(key).matches() || key.equals(".") || key.equals("..")) {
        throw new MissingException(
            "InvalidConfiguration", name(of) + ": '" + key + "' is not a key", false);
      }
    }
    return entries;
  }

  private static String name(HasMetadata resource) {
    return resource.getKind() + " " + resource.getMetadata().getName();
  }
}

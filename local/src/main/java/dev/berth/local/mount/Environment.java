package dev.berth.local.mount;

import dev.berth.api.ModelSpec.EnvVar;
import dev.berth.api.ModelSpec.KeyRef;
import dev.berth.local.manifest.Manifests;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of a Model's environment variables. */
final class Environment {
  private Environment() {}

  static Map<String, String> of(List<EnvVar> variables, Manifests manifests, String namespace)
      throws MissingException {
    Map<String, String> values = new LinkedHashMap<>();
    for (EnvVar variable : variables == null ? List.<EnvVar>of() : variables) {
      value(variable, manifests, namespace).ifPresent(v -> values.put(variable.name(), v));
    }
    return values;
  }

  private static Optional<String> value(EnvVar variable, Manifests manifests, String namespace)
      throws MissingException {
    if (variable.valueFrom() == null) {
      return Optional.of(variable.value() == null ? "" : variable.value());
    }
    KeyRef secret = variable.valueFrom().secretKeyRef();
    KeyRef ref = secret != null ? secret : variable.valueFrom().configMapKeyRef();
    Optional<Map<String, byte[]>> entries =
        secret != null
            ? KeyValues.secret(manifests, namespace, ref.name())
            : KeyValues.configMap(manifests, namespace, ref.name());
    Optional<String> found =
        entries
            .map(map -> map.get(ref.key()))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    if (found.isEmpty() && !Boolean.TRUE.equals(ref.optional())) {
      throw new MissingException(
          "InvalidConfiguration",
          "variable "
              + variable.name()
              + ": the folder has no "
              + (secret != null ? "Secret " : "ConfigMap ")
              + ref.name()
              + " with a key '"
              + ref.key()
              + "'",
          false);
    }
    return found;
  }
}

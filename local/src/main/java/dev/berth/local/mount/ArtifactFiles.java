package dev.berth.local.mount;

import dev.berth.local.manifest.Manifests;
import dev.berth.local.state.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Turns artifacts' URIs into what a server can read by itself.
 *
 * @param base the manifests' folder: {@code file://} paths may be relative to it, and {@code
 *     pvc://claim/path} is {@code pvc/claim/path} in it
 * @param files folder for what comes out of ConfigMaps and Secrets
 */
record ArtifactFiles(Path base, Path files) {

  /** The URI for the server. */
  String uri(String uri, Manifests manifests, String namespace)
      throws MissingException, IOException {
    int colon = uri.indexOf("://");
    String scheme = colon < 0 ? "" : uri.substring(0, colon);
    String rest = colon < 0 ? uri : uri.substring(colon + 3);
    return switch (scheme) {
      case "configmap" -> fileUri(configMap(rest, manifests, namespace));
      case "pvc" -> fileUri(claim(rest));
      case "file" -> fileUri(base.resolve(rest).normalize());
      default -> uri;
    };
  }

  /** A folder with a file for each key of a Secret. */
  Path credentials(String secret, Manifests manifests, String namespace)
      throws MissingException, IOException {
    Map<String, byte[]> entries =
        KeyValues.secret(manifests, namespace, secret)
            .orElseThrow(
                () ->
                    new MissingException(
                        "SecretNotFound",
                        "there is no Secret " + secret + " in the folder",
                        false));
    Path folder = files.resolve(namespace).resolve("secret").resolve(secret);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      AtomicFile.write(folder.resolve(entry.getKey()), entry.getValue());
    }
    return folder;
  }

  private Path configMap(String rest, Manifests manifests, String namespace)
      throws MissingException, IOException {
    int slash = rest.indexOf('/');
    String name = slash < 0 ? rest : rest.substring(0, slash);
    String key = slash < 0 ? "" : rest.substring(slash + 1);
    Optional<Map<String, byte[]>> entries = KeyValues.configMap(manifests, namespace, name);
    if (entries.isEmpty()) {
      throw new MissingException(
          "ArtifactNotFound", "there is no ConfigMap " + name + " in the folder", false);
    }
    byte[] content = entries.get().get(key);
    if (content == null) {
      throw new MissingException(
          "ArtifactNotFound",
          "ConfigMap " + name + " has no key '" + key + "', only " + entries.get().keySet(),
          false);
    }
    Path file = files.resolve(namespace).resolve("configmap").resolve(name).resolve(key);
    AtomicFile.write(file, content);
    return file;
  }

  private Path claim(String rest) throws MissingException {
    Path claims = base.resolve("pvc").normalize();
    Path file = claims.resolve(rest).normalize();
    if (!file.startsWith(claims)) {
      throw new MissingException(
          "InvalidConfiguration", "pvc://" + rest + " leads out of its claim", true);
    }
    if (!Files.exists(file)) {
      throw new MissingException(
          "ArtifactNotFound", "pvc://" + rest + ": there is no file " + file, false);
    }
    return file;
  }

  private static String fileUri(Path path) {
    return path.toUri().toString();
  }
}

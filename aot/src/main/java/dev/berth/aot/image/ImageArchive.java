package dev.berth.aot.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * An image as a Docker archive of one image, unpacked.
 *
 * @param folder the archive's files
 * @param rootfs what a container of it would see, as far as files go
 */
record ImageArchive(Path folder, Path rootfs, ObjectNode manifest, ObjectNode config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Unpacks an archive into an empty folder. Owners and deletions are left out. */
  static ImageArchive unpack(Path archive, Path folder) throws IOException, InterruptedException {
    Path files = Files.createDirectories(folder.resolve("archive"));
    Path rootfs = Files.createDirectories(folder.resolve("rootfs"));
    extract(archive, files);
    ArrayNode images = (ArrayNode) JSON.readTree(files.resolve("manifest.json").toFile());
    ObjectNode manifest = (ObjectNode) images.get(0);
    for (JsonNode layer : manifest.get("Layers")) {
      extract(files.resolve(layer.asText()), rootfs);
    }
    ObjectNode config =
        (ObjectNode) JSON.readTree(files.resolve(manifest.get("Config").asText()).toFile());
    return new ImageArchive(files, rootfs, manifest, config);
  }

  private static void extract(Path archive, Path into) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-xf", archive.toString(), "-C", into.toString(), "-o")
            .redirectErrorStream(true)
            .start();
    String words = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tar.waitFor() != 0) {
      throw new IOException("tar cannot unpack " + archive + ": " + words.strip());
    }
  }

  List<String> entrypoint() {
    return texts("Entrypoint");
  }

  /** Environment variables, {@code NAME=value}. */
  List<String> environment() {
    return texts("Env");
  }

  private List<String> texts(String member) {
    JsonNode list = config.path("config").path(member);
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The value of an environment variable. */
  Optional<String> environment(String name) {
    return environment().stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .findFirst();
  }

  /** Where a path of the image is here. */
  Path here(String path) {
    return rootfs.resolve(path.replaceFirst("^/+", ""));
  }

  /** Writes the archive with one more layer and another entrypoint. */
  void write(Path archive, Layer layer, List<String> entrypoint) throws IOException {
    ObjectNode settings = config.deepCopy();
    ArrayNode words = ((ObjectNode) settings.get("config")).putArray("Entrypoint");
    entrypoint.forEach(words::add);
    ((ArrayNode) settings.at("/rootfs/diff_ids")).add("sha256:" + layer.diffId());
    ((ArrayNode) settings.get("history"))
        .addObject()
        .put("created", settings.path("created").asText())
        .put("comment", layer.comment());
    ObjectNode contents = manifest.deepCopy();
    ((ArrayNode) contents.get("Layers")).add(layer.name());
    List<TarFile.Entry> entries = new ArrayList<>();
    entries.add(
        TarFile.Entry.of(
            "manifest.json", JSON.writeValueAsBytes(JSON.createArrayNode().add(contents))));
    entries.add(
        TarFile.Entry.of(contents.get("Config").asText(), JSON.writeValueAsBytes(settings)));
    for (JsonNode name : manifest.get("Layers")) {
      entries.add(TarFile.Entry.of(name.asText(), folder.resolve(name.asText())));
    }
    entries.add(TarFile.Entry.of(layer.name(), layer.packed()));
    TarFile.write(archive, entries);
  }
}

package dev.berth.local.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the documents of one file, with duplicate keys refused as the API server refuses them. */
final class ManifestFile {
  /** A ConfigMap holds at most 1 MiB, in base64; a file may hold a few. */
  private static final int MAX_CODE_POINTS = 64 << 20;

  private static final ObjectMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().loaderOptions(loaderOptions()).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A document as it stands in the file. */
  record Document(Source source, JsonNode content) {}

  /** A file that cannot be read, with the reason in words for people. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Source source;

    UnreadableException(Source source, String message) {
      super(message);
      this.source = source;
    }

    Source source() {
      return source;
    }
  }

  private ManifestFile() {}

  /** Whether {@code kubectl apply -f FOLDER} would read it. */
  static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  /** Every document but empty ones; the items of a {@code kind: List} stand for the list. */
  static List<Document> read(Path file) throws UnreadableException {
    List<Document> documents = new ArrayList<>();
    int number = 1;
    try (MappingIterator<JsonNode> values =
        mapper(file).readerFor(JsonNode.class).readValues(file.toFile())) {
      for (; values.hasNextValue(); number++) {
        add(new Document(new Source(file, number), values.nextValue()), documents);
      }
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : "line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ": ";
      throw new UnreadableException(
          new Source(file, number), where + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UnreadableException(new Source(file, number), "cannot be read: " + e.getMessage());
    }
    return documents;
  }

  private static void add(Document document, List<Document> documents) {
    JsonNode content = document.content();
    boolean commentsOnly = content.isTextual() && content.textValue().isBlank();
    if (content.isNull() || content.isMissingNode() || commentsOnly) {
      return;
    }
    if (content.path("kind").asText().equals("List") && content.path("items").isArray()) {
      content.get("items").forEach(item -> documents.add(new Document(document.source(), item)));
    } else {
      documents.add(document);
    }
  }

  private static ObjectMapper mapper(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
  }

  private static LoaderOptions loaderOptions() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    return options;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not readable");
  }
}

package dev.berth.local.console;

import dev.berth.api.Model;
import dev.berth.api.ModelSpec.Feature;
import dev.berth.api.ModelSpec.FeatureType;
import dev.berth.api.ModelSpec.GoldenRecord;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A request to an Endpoint that can be pasted into a terminal. */
public final class CurlLine {
  private static final String CSV = "text/csv";

  private CurlLine() {}

  /**
   * A request with a golden record, or with a row made up from the features, or with zeros.
   *
   * @param url of the Endpoint, without {@code /invocations}
   * @return empty while nobody knows what the Model reads: no server has said how many features
   */
  public static Optional<String> of(String url, Model model) {
    List<GoldenRecord> records = model.getSpec().goldenRecords();
    if (records != null && !records.isEmpty()) {
      return Optional.of(line(url, records.getFirst().contentType(), records.getFirst().body()));
    }
    List<Feature> features = model.getSpec().features();
    if (features != null && !features.isEmpty()) {
      String row = features.stream().map(CurlLine::example).collect(Collectors.joining(","));
      return Optional.of(line(url, CSV, row));
    }
    return Optional.ofNullable(model.getStatus())
        .map(status -> status.numFeatures())
        .map(width -> line(url, CSV, String.join(",", Collections.nCopies(width, "0"))));
  }

  private static String line(String url, String type, String body) {
    // With --data-binary a body that begins with @ would be the name of a file.
    return "curl -s %s/invocations -H %s --data-raw %s"
        .formatted(url, quoted("Content-Type: " + type), quoted(body.strip()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String example(Feature feature) {
    boolean named = feature.type() == FeatureType.Categorical && feature.categories() != null;
    return named ? field(feature.categories().getFirst()) : "0";
  }

  /** A CSV field that reads back as the text, whatever is in it. */
  private static String field(String text) {
    boolean plain =
        text.equals(text.strip()) && text.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}

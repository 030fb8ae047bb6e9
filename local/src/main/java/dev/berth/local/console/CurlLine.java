package dev.berth.local.console;

import dev.berth.api.ModelSpec;
import dev.berth.api.ModelSpec.Feature;
import dev.berth.api.ModelSpec.FeatureType;
import dev.berth.api.ModelSpec.GoldenRecord;
import java.util.List;
import java.util.stream.Collectors;

/** A request to an Endpoint that can be pasted into a terminal. */
public final class CurlLine {
  private CurlLine() {}

  /**
   * A request with a golden record, or with a row made up from the features.
   *
   * @param url of the Endpoint, without {@code /invocations}
   */
  public static String of(String url, ModelSpec model) {
    String type = "text/csv";
    String body;
    if (model.goldenRecords() != null && !model.goldenRecords().isEmpty()) {
      GoldenRecord record = model.goldenRecords().getFirst();
      type = record.contentType();
      body = record.body();
    } else {
      List<Feature> features = model.features() == null ? List.of() : model.features();
      body = features.stream().map(CurlLine::example).collect(Collectors.joining(","));
    }
    return "curl -s "
        + url
        + "/invocations -H 'Content-Type: "
        + type
        + "' --data-binary '"
        + body.strip().replace("'", "'\\''")
        + "'";
  }

  private static String example(Feature feature) {
    if (feature.type() == FeatureType.Categorical && feature.categories() != null) {
      return feature.categories().getFirst();
    }
    return "0";
  }
}

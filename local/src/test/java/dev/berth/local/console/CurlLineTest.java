package dev.berth.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import dev.berth.api.ModelSpec.Feature;
import dev.berth.api.ModelSpec.FeatureType;
import dev.berth.api.ModelSpec.GoldenRecord;
import dev.berth.api.ModelStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurlLineTest {
  private static final String URL = "http://localhost:8080/endpoints/housing";
  private static final String BEGINNING = "curl -s " + URL + "/invocations -H ";

  @Test
  void aGoldenRecordIsTheBestExample() {
    List<GoldenRecord> records =
        List.of(new GoldenRecord("application/json", "{\"a\": \"it's\"}\n", "1", null));
    assertThat(CurlLine.of(URL, model(List.of(numeric("a")), records)))
        .contains(
            BEGINNING + "'Content-Type: application/json' --data-raw '{\"a\": \"it'\\''s\"}'");
  }

  @Test
  void featuresMakeARow() {
    List<Feature> features =
        List.of(
            numeric("a"),
            new Feature("b", FeatureType.Categorical, List.of("north", "south"), null),
            new Feature("c", FeatureType.Categorical, List.of("5\", wide"), null));
    assertThat(CurlLine.of(URL, model(features, null)))
        .contains(BEGINNING + "'Content-Type: text/csv' --data-raw '0,north,\"5\"\", wide\"'");
  }

  @Test
  void aModelThatSaysNothingGetsZerosOnceAServerHasCountedItsFeatures() {
    Model model = model(null, List.of());
    assertThat(CurlLine.of(URL, model)).isEmpty();
    model.setStatus(
        new ModelStatus(1L, List.of(), null, null, null, null, null, null, null, List.of()));
    assertThat(CurlLine.of(URL, model)).isEmpty();
    model.setStatus(
        new ModelStatus(1L, List.of(), "UBJSON", null, null, 3, 10, 1L, null, List.of()));
    assertThat(CurlLine.of(URL, model))
        .contains(BEGINNING + "'Content-Type: text/csv' --data-raw '0,0,0'");
  }

  private static Feature numeric(String name) {
    return new Feature(name, null, null, null);
  }

  private static Model model(List<Feature> features, List<GoldenRecord> records) {
    Model model = new Model();
    model.setSpec(new ModelSpec(null, null, features, null, records, null, null));
    return model;
  }
}

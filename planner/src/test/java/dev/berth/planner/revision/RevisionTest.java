package dev.berth.planner.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigSpec;
import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG =
      """
      {"productionVariants":[{"name":"stable","modelName":"m","weight":1.0,
        "resources":{"requests":{"memory":"512Mi","cpu":"500m"}}}]}
      """;
  private static final String MODEL = "{\"artifact\":{\"uri\":\"s3://b/m.ubj\"}}";

  @Test
  void isAPromise() throws Exception {
    // A hash that changes here rolls every fleet of every user at the next operator upgrade.
    assertThat(hash(CONFIG, MODEL)).isEqualTo("vkczlmwf");
  }

  @Test
  void theOrderOfFieldsAndWhatIsAbsentDoNotMatter() throws Exception {
    String reordered =
        """
        {"productionVariants":[{"routing":null,"weight":1,"modelName":"m","name":"stable",
          "resources":{"limits":null,"requests":{"cpu":"500m","memory":"512Mi"}}}]}
        """;
    assertThat(hash(reordered, MODEL)).isEqualTo(hash(CONFIG, MODEL));
  }

  @Test
  void everyValueMattersOfTheConfigAndOfItsModels() throws Exception {
    assertThat(hash(CONFIG.replace("500m", "501m"), MODEL)).isNotEqualTo(hash(CONFIG, MODEL));
    assertThat(hash(CONFIG, MODEL.replace("m.ubj", "n.ubj"))).isNotEqualTo(hash(CONFIG, MODEL));
  }

  @Test
  void aModelThatNoVariantNamesDoesNotMatter() throws Exception {
    Map<String, Model> more = Map.of("m", model(MODEL), "other", model("{}"));
    assertThat(Revision.of(config(CONFIG), more).orElseThrow().hash())
        .isEqualTo(hash(CONFIG, MODEL));
  }

  @Test
  void thereIsNoneWhileAModelIsMissing() throws Exception {
    assertThat(Revision.of(config(CONFIG), Map.of())).isEmpty();
  }

  @Test
  void aShortHashIsEightCharactersOfALabel() {
    byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);
    // SHA-256("abc") begins with ba7816bf8f; base32 of these five bytes is XJ4BNP4P.
    assertThat(ShortHash.of(abc)).isEqualTo("xj4bnp4p").hasSize(ShortHash.LENGTH);
  }

  private static String hash(String config, String model) throws Exception {
    return Revision.of(config(config), Map.of("m", model(model))).orElseThrow().hash();
  }

  private static EndpointConfig config(String spec) throws Exception {
    EndpointConfig config = new EndpointConfig();
    config.setMetadata(new ObjectMetaBuilder().withName("c").build());
    config.setSpec(JSON.readValue(spec, EndpointConfigSpec.class));
    return config;
  }

  private static Model model(String spec) throws Exception {
    Model model = new Model();
    model.setSpec(JSON.readValue(spec, ModelSpec.class));
    return model;
  }
}

package dev.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison with the zoo notices a model that is wrong in one place only. */
class OracleTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  static Stream<Arguments> wrongModels() {
    return Stream.of(
        wrong("a leaf off by a millionth", "squarederror", "margin", OracleTest::nudgeAReachedLeaf),
        wrong(
            "a base score off by one ulp",
            "squarederror",
            "margin",
            model -> learner(model, "learner_model_param").put("base_score", "[9.4563226E-1]")),
        wrong(
            "a threshold moved",
            "squarederror",
            "leaf",
            model ->
                array(model, 0, "split_conditions").set(0, JSON.getNodeFactory().numberNode(.5f))),
        wrong(
            "missing values sent the other way",
            "squarederror",
            "leaf",
            model -> flip(array(model, 0, "default_left"))),
        wrong("categories lost", "categorical-partition", "margin", OracleTest::loseCategories),
        wrong(
            "trees of two classes swapped",
            "multi-softprob",
            "margin",
            model -> {
              ArrayNode outputs = (ArrayNode) booster(model).get("model").get("tree_info");
              outputs.set(0, outputs.get(1));
            }),
        wrong(
            "a tree's dart weight left out",
            "dart",
            "margin",
            model ->
                ((ArrayNode) booster(model).get("weight_drop"))
                    .set(0, JSON.getNodeFactory().numberNode(1))),
        wrong(
            "an objective of the same link and another transform",
            "binary-logitraw",
            "prediction",
            model -> learner(model, "objective").put("name", "binary:hinge")),
        wrong(
            "a weight of gblinear off by a millionth",
            "gblinear",
            "margin",
            model -> nudge((ArrayNode) booster(model).get("model").get("weights"), 0)),
        wrong(
            "a cover that the contributions rest on",
            "squarederror",
            "contributions",
            model ->
                array(model, 0, "sum_hessian").set(1, JSON.getNodeFactory().numberNode(160f))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongModels")
  void aWrongModelIsNoticed(
      String what, String zooModel, String noticedIn, ThrowingConsumer<JsonNode> damage)
      throws Exception {
    ZooCase zooCase = ZooCase.named("xgb-3.2.0/" + zooModel);
    JsonNode model = JSON.readTree(zooCase.files().get("model.json"));
    assertThat(ZooComparison.differences(zooCase, Booster.read(JSON.writeValueAsBytes(model))))
        .as("the model written anew, but not damaged")
        .isEmpty();

    damage.accept(model);

    List<String> differences =
        ZooComparison.differences(zooCase, Booster.read(JSON.writeValueAsBytes(model)));
    assertThat(differences).as(what).anyMatch(difference -> difference.startsWith(noticedIn));
  }

  private static Arguments wrong(
      String what, String zooModel, String noticedIn, ThrowingConsumer<JsonNode> damage) {
    return Arguments.of(what, zooModel, noticedIn, damage);
  }

  private static void nudgeAReachedLeaf(JsonNode model) throws Exception {
    Booster booster = Booster.read(JSON.writeValueAsBytes(model));
    int[] leaves = new int[booster.numTrees()];
    booster.predictLeaf(ZooCase.named("xgb-3.2.0/squarederror").inputs(), 1, leaves);
    nudge(array(model, 0, "split_conditions"), leaves[0]);
  }

  private static void nudge(ArrayNode values, int index) {
    float value = values.get(index).floatValue();
    values.set(index, JSON.getNodeFactory().numberNode(value + 1e-6f));
  }

  private static void loseCategories(JsonNode model) {
    ArrayNode categories = array(model, 0, "categories");
    for (int i = 0; i < 4; i++) {
      categories.set(i, categories.get(4));
    }
  }

  private static void flip(ArrayNode flags) {
    for (int i = 0; i < flags.size(); i++) {
      flags.set(i, JSON.getNodeFactory().numberNode(1 - flags.get(i).asInt()));
    }
  }

  private static ObjectNode learner(JsonNode model, String field) {
    return (ObjectNode) model.get("learner").get(field);
  }

  private static JsonNode booster(JsonNode model) {
    return model.get("learner").get("gradient_booster");
  }

  private static ArrayNode array(JsonNode model, int tree, String field) {
    return (ArrayNode) booster(model).get("model").get("trees").get(tree).get(field);
  }
}

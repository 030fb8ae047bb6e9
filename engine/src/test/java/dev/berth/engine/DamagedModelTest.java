package dev.berth.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.engine.format.ModelFormatException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model document with one thing wrong is refused, with words that say what and where. */
class DamagedModelTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  static Stream<Arguments> brokenTrees() {
    return Stream.of(
        broken("tree 1, node 0: left child 99 is beyond the tree's", set("left_children", 0, 99)),
        broken("tree 1, node 0: right child -7 is beyond", set("right_children", 0, -7)),
        broken("tree 1, node 0: right child -1 is beyond", set("right_children", 0, -1)),
        broken(
            "tree 1, node 0: left child 0 is reached by another way", set("left_children", 0, 0)),
        broken("tree 1, node 0: right child 1 is reached by", set("right_children", 0, 1)),
        broken("tree 1, node 0: feature 8 is beyond the model's 8", set("split_indices", 0, 8)),
        broken("tree 1, node 0: feature -1 is beyond the model's 8", set("split_indices", 0, -1)),
        broken("tree 1, node 0: default_left is 2, neither 0 nor 1", set("default_left", 0, 2)),
        broken("tree 1: node 0 has the unknown split type 2", set("split_type", 0, 2)),
        broken("tree 1: node 0 splits by category, but has none", DamagedModelTest::noCategories),
        broken("left_children[0] (line 1", set("left_children", 0, 1L << 40)),
        broken("the leaf's value is Infinity", DamagedModelTest::infiniteLeaf),
        broken("tree 1: split_conditions has", tree -> array(tree, "split_conditions").add(1f)),
        broken("tree 1: sum_hessian has", tree -> array(tree, "sum_hessian").remove(0)),
        broken("tree 1: default_left has", tree -> array(tree, "default_left").removeAll()),
        broken("no field 'left_children'", tree -> tree.remove("left_children")),
        broken("tree 1: there is no field 'split_indices'", tree -> tree.remove("split_indices")),
        broken("tree 1 has the id 5", tree -> tree.put("id", 5)),
        broken("trees[1].gain_ratios (line 1", tree -> tree.putArray("gain_ratios")),
        broken("'-3' is not a count", tree -> parameters(tree).put("num_nodes", "-3")),
        broken("tree_param.num_nodes (line", tree -> parameters(tree).put("num_nodes", "3e9")),
        broken("tree 1: there are no nodes", tree -> parameters(tree).put("num_nodes", "0")),
        broken("nodes", tree -> parameters(tree).put("num_nodes", "2000000000")),
        broken(
            "leaves of 7 values for 1 outputs",
            tree -> parameters(tree).put("size_leaf_vector", "7")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTrees")
  void aBrokenTreeIsRefused(String message, Consumer<ObjectNode> damage) throws Exception {
    JsonNode model = model("squarederror");
    damage.accept((ObjectNode) booster(model).at("/model/trees/1"));
    assertRefused(model, message);
  }

  static Stream<Arguments> brokenModels() {
    return Stream.of(
        broken("unknown objective 'reg:new'", m -> section(m, "objective").put("name", "reg:new")),
        broken("unknown booster 'gbforest'", m -> booster(m).put("name", "gbforest")),
        broken("booster gbtree with weight_drop", m -> booster(m).putArray("weight_drop")),
        broken("not an XGBoost model: there is no field 'learner'", m -> m.remove("learner")),
        broken("there is no field 'version'", m -> m.remove("version")),
        broken("written by XGBoost 3.3.0, newer than the 3.2 line", version(3, 3, 0)),
        broken("written by XGBoost 4.0.1, newer than the 3.2 line", version(4, 0, 1)),
        broken("version -1.0 is not one of XGBoost's", version(-1, 0, 0)),
        broken(
            "written by XGBoost 3.3.0, newer than the 3.2 line",
            m -> {
              version(3, 3, 0).accept(m);
              section(m, "learner_model_param").put("news", "1");
            }),
        broken(
            "learner.learner_model_param.news (line 1",
            m -> section(m, "learner_model_param").put("news", "1")),
        broken("learner.news (line 1", m -> ((ObjectNode) m.get("learner")).put("news", 1)),
        broken("news (line 1", m -> m.put("news", 1)),
        broken("a snapshot of a process", m -> m.putObject("Config")),
        broken("3 base scores for 1 outputs", baseScore("[1E0,2E0,3E0]")),
        broken("'nan' is neither a number nor a list", baseScore("nan")),
        broken("'[1E0,]' is neither a number nor a list", baseScore("[1E0,]")),
        broken("'[]' is neither a number nor a list", baseScore("[]")),
        broken("'0x1p3' is neither a number nor a list", baseScore("0x1p3")),
        broken("base score Infinity has no margin", baseScore("1E40")),
        broken(
            "base score 1.5 has no margin with objective binary:logistic",
            m -> {
              section(m, "objective").put("name", "binary:logistic");
              baseScore("1.5E0").accept(m);
            }),
        broken(
            "base score -1.0 has no margin with objective reg:gamma",
            m -> {
              section(m, "objective").put("name", "reg:gamma");
              baseScore("-1E0").accept(m);
            }),
        broken(
            "objective multi:softprob without a number of classes",
            m -> section(m, "objective").put("name", "multi:softprob")),
        broken("2000000000 outputs are more than a file", count("num_class", "2000000000")),
        broken("2147483647 features are too many", count("num_feature", "2147483647")),
        broken("tree 0, node 0: feature 1 is beyond the model's 0", count("num_feature", "0")),
        broken(
            "3 classes and 2 targets",
            m -> {
              count("num_class", "3").accept(m);
              count("num_target", "2").accept(m);
            }),
        broken(
            "2 feature names for 8 features",
            m -> ((ObjectNode) m.get("learner")).putArray("feature_names").add("a").add("b")),
        broken("tree 0 adds to output 1 of 1", m -> info(m).set(0, number(1))),
        broken("tree 0 adds to output -1 of 1", m -> info(m).set(0, number(-1))),
        broken("tree_info says 13 trees, but there are 12", m -> info(m).add(0)),
        broken(
            "num_trees says 3 trees, but there are 12",
            m -> ((ObjectNode) booster(m).at("/model/gbtree_model_param")).put("num_trees", "3")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenModels")
  void aBrokenModelIsRefused(String message, Consumer<ObjectNode> damage) throws Exception {
    JsonNode model = model("squarederror");
    damage.accept((ObjectNode) model);
    assertRefused(model, message);
  }

  static Stream<Arguments> brokenSpecialists() {
    return Stream.of(
        special(
            "dart",
            "weight_drop says 11 trees, but there are 12",
            m -> ((ArrayNode) booster(m).get("weight_drop")).remove(0)),
        special("dart", "weight_drop", m -> booster(m).remove("weight_drop")),
        special(
            "gblinear",
            "8 weights for 8 features and a bias, times 1 outputs",
            m -> ((ArrayNode) booster(m).at("/model/weights")).remove(0)),
        special(
            "gblinear",
            "weight 0 is NaN",
            m -> ((ArrayNode) booster(m).at("/model/weights")).set(0, number(Double.NaN))),
        special("gblinear", "no field", m -> booster(m).put("name", "gbtree")),
        special("multi-target-vector-leaf", "row 99 is beyond the", m -> leafRow(m, 99)),
        special(
            "multi-target-vector-leaf",
            "of the leaf vectors is another leaf's, too",
            m -> leafRow(m, 1)),
        special(
            "categorical-partition",
            "has a category outside 0 to 16777215",
            m -> ((ArrayNode) booster(m).at("/model/trees/0/categories")).set(0, number(-1))),
        special(
            "categorical-partition",
            "has a category outside 0 to 16777215",
            m -> ((ArrayNode) booster(m).at("/model/trees/0/categories")).set(0, number(1 << 24))),
        special(
            "categorical-partition",
            "tree 0: node 0 has 2000000 categories from 0 on",
            m ->
                ((ArrayNode) booster(m).at("/model/trees/0/categories_sizes"))
                    .set(0, number(2_000_000))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("brokenSpecialists")
  void aBrokenSpecialistIsRefused(String zooModel, String message, Consumer<ObjectNode> damage)
      throws Exception {
    JsonNode model = model(zooModel);
    damage.accept((ObjectNode) model);
    assertRefused(model, message);
  }

  private static void assertRefused(JsonNode model, String message) throws Exception {
    byte[] file = JSON.writeValueAsBytes(model);
    assertThatThrownBy(() -> Booster.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  private static JsonNode model(String zooModel) throws Exception {
    return JSON.readTree(ZooCase.named("xgb-3.2.0/" + zooModel).files().get("model.json"));
  }

  private static Arguments broken(String message, Consumer<ObjectNode> damage) {
    return Arguments.of(message, damage);
  }

  private static Arguments special(String zooModel, String message, Consumer<ObjectNode> damage) {
    return Arguments.of(zooModel, message, damage);
  }

  private static Consumer<ObjectNode> set(String field, int index, long value) {
    return tree -> array(tree, field).set(index, JSON.getNodeFactory().numberNode(value));
  }

  private static Consumer<ObjectNode> version(int... parts) {
    return model -> {
      ArrayNode version = model.putArray("version");
      for (int part : parts) {
        version.add(part);
      }
    };
  }

  private static Consumer<ObjectNode> baseScore(String text) {
    return count("base_score", text);
  }

  private static Consumer<ObjectNode> count(String field, String text) {
    return model -> section(model, "learner_model_param").put(field, text);
  }

  private static void noCategories(ObjectNode tree) {
    array(tree, "split_type").set(0, number(1));
    tree.putArray("categories");
  }

  private static void infiniteLeaf(ObjectNode tree) {
    ArrayNode values = array(tree, "split_conditions");
    values.set(values.size() - 1, number(Double.POSITIVE_INFINITY));
  }

  /** Gives the first leaf of the first tree another row of the leaf vectors. */
  private static void leafRow(ObjectNode model, int row) {
    ObjectNode tree = (ObjectNode) booster(model).at("/model/trees/0");
    for (int node = 0; ; node++) {
      if (array(tree, "left_children").get(node).asInt() == -1) {
        array(tree, "right_children").set(node, number(row));
        return;
      }
    }
  }

  private static JsonNode number(double value) {
    return value == Math.rint(value) && !Double.isInfinite(value)
        ? JSON.getNodeFactory().numberNode((int) value)
        : JSON.getNodeFactory().numberNode(value);
  }

  private static ArrayNode array(ObjectNode tree, String field) {
    return (ArrayNode) tree.get(field);
  }

  private static ObjectNode parameters(ObjectNode tree) {
    return (ObjectNode) tree.get("tree_param");
  }

  private static ArrayNode info(JsonNode model) {
    return (ArrayNode) booster(model).at("/model/tree_info");
  }

  private static ObjectNode section(JsonNode model, String field) {
    return (ObjectNode) model.get("learner").get(field);
  }

  private static ObjectNode booster(JsonNode model) {
    return section(model, "gradient_booster");
  }
}

package dev.berth.engine.format;

import dev.berth.engine.linear.LinearModel;
import dev.berth.engine.objective.BaseScoreLink;
import dev.berth.engine.objective.Objective;
import dev.berth.engine.tree.BaseMargins;
import dev.berth.engine.tree.Tree;
import dev.berth.engine.tree.TreeEnsemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a model of what a file says, or says why it makes no sense. */
final class ModelAssembler {
  private final ParsedModel parsed;

  private ModelAssembler(ParsedModel parsed) {
    this.parsed = parsed;
  }

  static XgboostModel assemble(ParsedModel parsed) throws ModelFormatException {
    return new ModelAssembler(parsed).assemble();
  }

  static void checkVersion(XgboostVersion version, XgboostVersion newest)
      throws ModelFormatException {
    if (version.major() < 0 || version.minor() < 0) {
      throw new ModelFormatException(
          "version " + version.major() + "." + version.minor() + " is not one of XGBoost's");
    }
    if (version.isOfNewerLineThan(newest)) {
      throw new ModelFormatException(
          "written by XGBoost "
              + version
              + ", newer than the "
              + newest
              + " line that this engine is proven for: save the model with that line or an older"
              + " one, or upgrade Berth");
    }
  }

  static ModelFormatException unknownBooster(String booster) {
    return new ModelFormatException(
        "unknown booster '" + DocumentReader.shown(booster) + "': not gbtree, dart or gblinear");
  }

  private XgboostModel assemble() throws ModelFormatException {
    require(parsed.version, "version");
    checkVersion(
        parsed.version,
        parsed.format == ModelFormat.BINARY
            ? XgboostVersion.LAST_BINARY
            : XgboostVersion.NEWEST_PROVEN);
    require(parsed.objective, "learner.objective.name");
    require(parsed.booster, "learner.gradient_booster.name");
    require(parsed.baseScores, "learner.learner_model_param.base_score");
    Objective objective =
        Objective.named(parsed.objective)
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        "unknown objective '" + DocumentReader.shown(parsed.objective) + "'"));
    float[] baseMargins = baseMargins(objective, outputs(objective));
    XgboostModel.Body body =
        switch (parsed.booster) {
          case "gbtree", "dart" -> new XgboostModel.Trees(ensemble(baseMargins));
          case "gblinear" -> new XgboostModel.Linear(linear(baseMargins));
          default -> throw unknownBooster(parsed.booster);
        };
    return new XgboostModel(
        parsed.format,
        parsed.version.toString(),
        parsed.booster,
        objective,
        perFeature(parsed.featureNames, "feature names"),
        perFeature(parsed.featureTypes, "feature types"),
        parsed.numFeatures,
        body);
  }

  private static void require(Object value, String field) throws ModelFormatException {
    if (value == null) {
      throw new ModelFormatException("not an XGBoost model: there is no field '" + field + "'");
    }
  }

  private int outputs(Objective objective) throws ModelFormatException {
    if (parsed.numFeatures == Integer.MAX_VALUE) {
      throw new ModelFormatException(parsed.numFeatures + " features are too many");
    }
    if (parsed.numClass > 1 && parsed.numTarget > 1) {
      throw new ModelFormatException(
          parsed.numClass + " classes and " + parsed.numTarget + " targets: no release has both");
    }
    if (objective.isMulticlass() && parsed.numClass < 1) {
      throw new ModelFormatException(
          "objective " + objective.label() + " without a number of classes");
    }
    int outputs = Math.max(1, Math.max(parsed.numClass, parsed.numTarget));
    // Each output has a tree or a weight; this keeps a number in a file from sizing our memory.
    if (outputs > parsed.fileSizeBytes) {
      throw new ModelFormatException(
          outputs + " outputs are more than a file of " + parsed.fileSizeBytes + " bytes holds");
    }
    return outputs;
  }

  private List<String> perFeature(List<String> values, String what) throws ModelFormatException {
    if (!values.isEmpty() && values.size() != parsed.numFeatures) {
      throw new ModelFormatException(
          values.size() + " " + what + " for " + parsed.numFeatures + " features");
    }
    return List.copyOf(values);
  }

  private float[] baseMargins(Objective objective, int outputs) throws ModelFormatException {
    float[] scores = parsed.baseScores;
    if (scores.length != 1 && scores.length != outputs) {
      throw new ModelFormatException(scores.length + " base scores for " + outputs + " outputs");
    }
    float[] margins = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      margins[i] =
          parsed.baseScoresAreMargins ? scores[i] : margin(objective.baseScoreLink(), scores[i]);
      if (!Float.isFinite(margins[i])) {
        throw new ModelFormatException(
            "base score " + scores[i] + " has no margin with objective " + objective.label());
      }
    }
    if (scores.length == outputs) {
      return margins;
    }
    float[] all = new float[outputs];
    Arrays.fill(all, margins[0]);
    return all;
  }

  private float margin(BaseScoreLink link, float score) {
    return switch (link) {
      case IDENTITY -> score;
      case LOG -> BaseScoreLink.log(score);
      case LOGIT -> BaseScoreLink.logit(bounded(score));
      case LOGIT_BEFORE_1_4 -> parsed.version.isAtLeast(1, 4) ? score : BaseScoreLink.logit(score);
    };
  }

  /** Since 3.2 a probability of 0 or 1 (all labels the same) is moved inside by kRtEps. */
  private float bounded(float probability) {
    float epsilon = 1e-6f;
    boolean isProbability = probability >= 0 && probability <= 1;
    return isProbability && parsed.version.isAtLeast(3, 2)
        ? Math.min(Math.max(probability, epsilon), 1.0f - epsilon)
        : probability;
  }

  private TreeEnsemble ensemble(float[] baseMargins) throws ModelFormatException {
    int outputs = baseMargins.length;
    require(parsed.trees, "learner.gradient_booster.model.trees");
    require(parsed.outputOfTree, "learner.gradient_booster.model.tree_info");
    if (parsed.linearWeights != null) {
      throw new ModelFormatException("booster " + parsed.booster + " with weights of gblinear");
    }
    int trees = parsed.trees.size();
    checkTreeCount("num_trees", parsed.declaredTrees);
    checkTreeCount("tree_info", parsed.outputOfTree.length);
    float[] weights = parsed.weightDrop;
    if (parsed.booster.equals("dart")) {
      require(weights, "learner.gradient_booster.weight_drop");
      checkTreeCount("weight_drop", weights.length);
    } else if (weights != null) {
      throw new ModelFormatException("booster gbtree with weight_drop of dart");
    } else {
      weights = new float[trees];
      Arrays.fill(weights, 1);
    }
    List<Tree> checked = new ArrayList<>(trees);
    for (int i = 0; i < trees; i++) {
      if (parsed.outputOfTree[i] < 0 || parsed.outputOfTree[i] >= outputs) {
        throw new ModelFormatException(
            "tree " + i + " adds to output " + parsed.outputOfTree[i] + " of " + outputs);
      }
      if (!Float.isFinite(weights[i])) {
        throw new ModelFormatException("tree " + i + " has the weight " + weights[i]);
      }
      checked.add(new TreeChecker(i, parsed.trees.get(i), parsed.numFeatures, outputs).check());
    }
    checkSameWidth(checked);
    return new TreeEnsemble(
        checked, parsed.outputOfTree, weights, parsed.numFeatures, ordered(baseMargins));
  }

  private BaseMargins ordered(float[] baseMargins) {
    boolean beginsWithThem = parsed.version.isAtLeast(1, parsed.booster.equals("dart") ? 4 : 3);
    return beginsWithThem ? BaseMargins.first(baseMargins) : BaseMargins.last(baseMargins);
  }

  private void checkTreeCount(String field, int count) throws ModelFormatException {
    if (count != parsed.trees.size()) {
      throw new ModelFormatException(
          field + " says " + count + " trees, but there are " + parsed.trees.size());
    }
  }

  private static void checkSameWidth(List<Tree> trees) throws ModelFormatException {
    for (int i = 1; i < trees.size(); i++) {
      if (trees.get(i).leafWidth() != trees.getFirst().leafWidth()) {
        throw new ModelFormatException(
            "tree " + i + " has leaves of another width than tree 0, which no release writes");
      }
    }
  }

  private LinearModel linear(float[] baseMargins) throws ModelFormatException {
    require(parsed.linearWeights, "learner.gradient_booster.model.weights");
    if (parsed.trees != null || parsed.weightDrop != null) {
      throw new ModelFormatException("booster gblinear with trees");
    }
    long expected = (parsed.numFeatures + 1L) * baseMargins.length;
    if (parsed.linearWeights.length != expected) {
      throw new ModelFormatException(
          parsed.linearWeights.length
              + " weights for "
              + parsed.numFeatures
              + " features and a bias, times "
              + baseMargins.length
              + " outputs");
    }
    for (int i = 0; i < parsed.linearWeights.length; i++) {
      if (!Float.isFinite(parsed.linearWeights[i])) {
        throw new ModelFormatException("weight " + i + " is " + parsed.linearWeights[i]);
      }
    }
    return new LinearModel(parsed.numFeatures, parsed.linearWeights, baseMargins);
  }
}

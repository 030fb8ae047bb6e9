package dev.berth.engine.objective;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An objective of XGBoost 0.90 to 3.2: the link of its base score and the transform of its margins.
 * Source of the pairs: XGBoost's src/objective, checked against the model zoo.
 */
public enum Objective {
  SQUARED_ERROR("reg:squarederror", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  LINEAR("reg:linear", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  SQUARED_LOG_ERROR("reg:squaredlogerror", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  PSEUDO_HUBER_ERROR("reg:pseudohubererror", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  ABSOLUTE_ERROR("reg:absoluteerror", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  QUANTILE_ERROR("reg:quantileerror", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  LOGISTIC_REGRESSION("reg:logistic", BaseScoreLink.LOGIT, Transform.SIGMOID),
  BINARY_LOGISTIC("binary:logistic", BaseScoreLink.LOGIT, Transform.SIGMOID),
  BINARY_LOGIT_RAW("binary:logitraw", BaseScoreLink.LOGIT_BEFORE_1_4, Transform.IDENTITY),
  BINARY_HINGE("binary:hinge", BaseScoreLink.IDENTITY, Transform.STEP),
  MULTI_SOFTMAX("multi:softmax", BaseScoreLink.IDENTITY, Transform.ARGMAX),
  MULTI_SOFTPROB("multi:softprob", BaseScoreLink.IDENTITY, Transform.SOFTMAX),
  POISSON("count:poisson", BaseScoreLink.LOG, Transform.EXP),
  GAMMA("reg:gamma", BaseScoreLink.LOG, Transform.EXP),
  TWEEDIE("reg:tweedie", BaseScoreLink.LOG, Transform.EXP),
  COX("survival:cox", BaseScoreLink.LOG, Transform.EXP),
  ACCELERATED_FAILURE_TIME("survival:aft", BaseScoreLink.LOG, Transform.EXP),
  RANK_PAIRWISE("rank:pairwise", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  RANK_NDCG("rank:ndcg", BaseScoreLink.IDENTITY, Transform.IDENTITY),
  RANK_MAP("rank:map", BaseScoreLink.IDENTITY, Transform.IDENTITY);

  private static final Map<String, Objective> BY_NAME = byName();

  private final String label;
  private final BaseScoreLink baseScoreLink;
  private final Transform transform;

  Objective(String label, BaseScoreLink baseScoreLink, Transform transform) {
    this.label = label;
    this.baseScoreLink = baseScoreLink;
    this.transform = transform;
  }

  /** The objective of that name, or empty when no release that we know has it. */
  public static Optional<Objective> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** XGBoost's name, such as {@code binary:logistic}. */
  public String label() {
    return label;
  }

  /** How a saved base score becomes a margin. */
  public BaseScoreLink baseScoreLink() {
    return baseScoreLink;
  }

  /** How a row of margins becomes a prediction. */
  public Transform transform() {
    return transform;
  }

  /** Whether the model has one output a class, so that the file must say how many there are. */
  public boolean isMulticlass() {
    return transform == Transform.ARGMAX || transform == Transform.SOFTMAX;
  }

  /** How a row of margins becomes probabilities, or empty when the margins mean nothing like it. */
  public Optional<Transform> probabilityTransform() {
    return switch (this) {
      case MULTI_SOFTMAX, MULTI_SOFTPROB -> Optional.of(Transform.SOFTMAX);
      case BINARY_LOGISTIC, BINARY_LOGIT_RAW, LOGISTIC_REGRESSION -> Optional.of(Transform.SIGMOID);
      default -> Optional.empty();
    };
  }

  private static Map<String, Objective> byName() {
    Map<String, Objective> byName = new HashMap<>();
    for (Objective objective : values()) {
      byName.put(objective.label, objective);
    }
    // Names of their own up to 0.90, for the same functions on a GPU.
    for (Objective objective :
        new Objective[] {LINEAR, LOGISTIC_REGRESSION, BINARY_LOGISTIC, BINARY_LOGIT_RAW}) {
      byName.put("gpu:" + objective.label, objective);
    }
    return Map.copyOf(byName);
  }
}

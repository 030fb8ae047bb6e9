package dev.berth.engine.objective;

/** How a base score, saved as what a user would read, becomes a margin. */
public enum BaseScoreLink {
  /** The base score is a margin. */
  IDENTITY,
  /** A probability: {@code -log(1 / p - 1)}. */
  LOGIT,
  /** binary:logitraw: a probability in releases before 1.4, a margin since. */
  LOGIT_BEFORE_1_4,
  /** A positive mean: {@code log(mean)}. */
  LOG;

  /** {@code -log(1 / p - 1)} in float steps, as XGBoost takes it. */
  public static float logit(float probability) {
    return -log(1.0f / probability - 1.0f);
  }

  /** The natural logarithm, rounded once to float. */
  public static float log(float value) {
    return (float) Math.log(value);
  }
}

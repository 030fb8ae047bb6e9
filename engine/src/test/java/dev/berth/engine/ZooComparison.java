package dev.berth.engine;

import java.util.ArrayList;
import java.util.List;

/** Holds a booster to the answers of a zoo case; says in words where they differ. */
final class ZooComparison {
  private static final int PREDICTION_ULPS = 2;
  private static final double CONTRIBUTION_TOLERANCE = 1e-5;

  private final ZooCase zooCase;
  private final Booster booster;
  private final List<String> differences = new ArrayList<>();

  private ZooComparison(ZooCase zooCase, Booster booster) {
    this.zooCase = zooCase;
    this.booster = booster.withMissing(zooCase.missing());
  }

  /** The differences, empty when the booster answers as the release does. */
  static List<String> differences(ZooCase zooCase, Booster booster) {
    ZooComparison comparison = new ZooComparison(zooCase, booster);
    if (!DartOf090Test.isDartOf090(zooCase)) {
      comparison.compareMargins();
      comparison.comparePredictions();
    }
    comparison.compareLeaves();
    comparison.compareContributions();
    return comparison.differences;
  }

  private void compareMargins() {
    float[] expected = zooCase.flat("margin").orElseThrow();
    float[] actual = new float[zooCase.count() * booster.numOutputs()];
    booster.predictMargin(zooCase.inputs(), zooCase.count(), actual);
    compareUlps("margin", expected, actual, 0);
  }

  private void comparePredictions() {
    float[] expected = zooCase.flat("prediction").orElseThrow();
    float[] actual = new float[zooCase.count() * booster.predictionWidth()];
    booster.predict(zooCase.inputs(), zooCase.count(), actual);
    compareUlps("prediction", expected, actual, PREDICTION_ULPS);
  }

  private void compareLeaves() {
    float[] expected = zooCase.flat("leaf").orElse(null);
    if (expected == null) {
      return;
    }
    int[] leaves = new int[zooCase.count() * booster.numTrees()];
    booster.predictLeaf(zooCase.inputs(), zooCase.count(), leaves);
    float[] actual = new float[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      actual[i] = leaves[i];
    }
    compareUlps("leaf", expected, actual, 0);
  }

  private void compareContributions() {
    float[] expected = zooCase.flat("contributions").orElse(null);
    if (expected == null) {
      return;
    }
    int width = booster.numOutputs() * (booster.numFeatures() + 1);
    float[] actual = new float[zooCase.count() * width];
    booster.predictContributions(zooCase.inputs(), zooCase.count(), actual);
    if (hasOtherLength("contributions", expected, actual)) {
      return;
    }
    for (int row = 0; row < zooCase.count(); row++) {
      double largest = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
      }
      for (int i = row * width; i < (row + 1) * width; i++) {
        if (!(Math.abs(expected[i] - actual[i]) <= CONTRIBUTION_TOLERANCE * largest)) {
          differences.add(difference("contributions", i, expected[i], actual[i]));
        }
      }
    }
  }

  private void compareUlps(String answer, float[] expected, float[] actual, int tolerance) {
    if (hasOtherLength(answer, expected, actual)) {
      return;
    }
    for (int i = 0; i < expected.length; i++) {
      boolean same = Float.floatToIntBits(expected[i]) == Float.floatToIntBits(actual[i]);
      double distance = Math.abs((double) expected[i] - actual[i]);
      if (!same && (tolerance == 0 || !(distance <= tolerance * Math.ulp(expected[i])))) {
        differences.add(difference(answer, i, expected[i], actual[i]));
      }
    }
  }

  private boolean hasOtherLength(String answer, float[] expected, float[] actual) {
    if (expected.length == actual.length) {
      return false;
    }
    differences.add(answer + ": " + actual.length + " values, not " + expected.length);
    return true;
  }

  private static String difference(String answer, int index, float expected, float actual) {
    return answer + "[" + index + "]: " + actual + ", XGBoost says " + expected;
  }
}

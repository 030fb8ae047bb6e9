package dev.berth.local.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost's own training, by xgboost4j. The only class that touches the native library. */
final class Trainer {
  private static final Pattern METRIC = Pattern.compile("\\t(train|heldout)-([^:]+):(\\S+)");

  private Trainer() {}

  /** A trained model. */
  static final class Trained {
    private final byte[] file;
    private final Map<String, List<String>> metrics;

    private Trained(byte[] file, Map<String, List<String>> metrics) {
      this.file = file;
      this.metrics = metrics;
    }

    /** The model file's bytes, in the asked format. */
    byte[] file() {
      return file;
    }

    /** By name: on the training rows, then on the held-out rows when there are any. */
    Map<String, List<String>> metrics() {
      return metrics;
    }
  }

  /**
   * Trains.
   *
   * @param parameters XGBoost's own names and values
   * @param format ubj or json
   */
  static Trained train(
      TrainingData.Split data, Map<String, Object> parameters, int rounds, String format) {
    try {
      DMatrix train = matrix(data.train());
      // No watches: with them XGBoost4J prints every round and adds best_iteration to the file.
      Booster booster = XGBoost.train(train, parameters, rounds, new LinkedHashMap<>(), null, null);
      booster.setFeatureNames(data.train().features().toArray(String[]::new));
      boolean held = data.heldOut().rows() > 0;
      DMatrix[] sets = held ? new DMatrix[] {train, matrix(data.heldOut())} : new DMatrix[] {train};
      String[] names = held ? new String[] {"train", "heldout"} : new String[] {"train"};
      String line = booster.evalSet(sets, names, rounds);
      return new Trained(booster.toByteArray(format), metrics(line));
    } catch (XGBoostError e) {
      throw new TrainingException("XGBoost: " + words(e), e);
    } catch (LinkageError e) {
      throw new TrainingException(
          "XGBoost's native library does not load here ("
              + e.getMessage()
              + "); it needs the OpenMP runtime: libgomp1 on Debian, libomp on macOS",
          e);
    }
  }

  /**
   * XGBoost's own margins for a finished file.
   *
   * @return {@code float[rows][outputs]}
   */
  static float[][] margins(byte[] file, TrainingData rows) {
    try {
      return XGBoost.loadModel(file).predict(matrix(rows), true);
    } catch (Exception e) {
      throw new TrainingException("XGBoost does not read back its own file: " + e.getMessage(), e);
    }
  }

  private static DMatrix matrix(TrainingData data) throws XGBoostError {
    DMatrix matrix = new DMatrix(data.values(), data.rows(), data.features().size(), Float.NaN);
    matrix.setLabel(data.labels());
    matrix.setFeatureNames(data.features().toArray(String[]::new));
    return matrix;
  }

  private static Map<String, List<String>> metrics(String line) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    Matcher matcher = METRIC.matcher(line);
    while (matcher.find()) {
      found.computeIfAbsent(matcher.group(2), _ -> new ArrayList<>()).add(matcher.group(3));
    }
    return found;
  }

  /** The sentence in XGBoost's message: without the time, its own source's path and stack. */
  private static String words(XGBoostError e) {
    String message = String.valueOf(e.getMessage());
    int stack = message.indexOf("Stack trace:");
    String head = stack < 0 ? message : message.substring(0, stack);
    return head.strip().replaceFirst("^\\[[0-9:]+\\] \\S+: ", "");
  }
}

package dev.berth.engine;

import dev.berth.engine.format.ModelFormatException;
import dev.berth.engine.format.ModelReader;
import dev.berth.engine.format.XgboostModel;
import dev.berth.engine.objective.Objective;
import dev.berth.engine.objective.Transform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model of XGBoost 0.90 to 3.2, ready to predict. Immutable; safe for concurrent use. Margins
 * equal the XGBoost library's bit for bit.
 *
 * <p>Rows are given as one array, {@code float[count][numFeatures]} row by row, where NaN is a
 * missing value; answers fill an array of the caller. Once a thread has predicted before, margins,
 * predictions and leaves allocate nothing. Like {@code Booster.predict} of the library, and unlike
 * its scikit-learn wrappers, all trees count, whatever the attribute best_iteration says. A value
 * of a categorical feature is the category's code in the training data.
 */
public final class Booster {
  private final Predictor predictor;
  private final Objective objective;
  private final ModelDescription description;
  private final float missing;

  private Booster(
      Predictor predictor, Objective objective, ModelDescription description, float missing) {
    this.predictor = predictor;
    this.objective = objective;
    this.description = description;
    this.missing = missing;
  }

  /**
   * Reads a model file: JSON, UBJSON or the old binary format, told by its content.
   *
   * @throws ModelFormatException when the file is no model that this engine can answer for
   * @throws IOException when the file cannot be read
   */
  public static Booster read(Path file) throws ModelFormatException, IOException {
    long size = Files.size(file);
    if (size > Integer.MAX_VALUE - 8) {
      throw new ModelFormatException(size + " bytes are more than the 2 GiB that a model may have");
    }
    return read(Files.readAllBytes(file));
  }

  /**
   * Reads a model from the bytes of its file.
   *
   * @throws ModelFormatException when the bytes are no model that this engine can answer for
   */
  public static Booster read(byte[] file) throws ModelFormatException {
    XgboostModel model = ModelReader.read(file);
    Predictor predictor = Predictor.of(model.body());
    ModelDescription description =
        new ModelDescription(
            model.format().label(),
            model.version(),
            model.booster(),
            model.objective().label(),
            model.featureNames(),
            model.featureTypes(),
            model.numFeatures(),
            predictor.numTrees(),
            predictor.numOutputs());
    return new Booster(predictor, model.objective(), description, Float.NaN);
  }

  /**
   * The same model, for rows in which {@code missing} stands for a missing value, besides NaN: what
   * {@code DMatrix(missing=...)} is to the library.
   */
  public Booster withMissing(float missing) {
    return new Booster(predictor, objective, description, missing);
  }

  /** What the file says about itself. */
  public ModelDescription description() {
    return description;
  }

  /** Values a row. */
  public int numFeatures() {
    return description.numFeatures();
  }

  /** Margins a row: classes, targets or 1. */
  public int numOutputs() {
    return description.numOutputs();
  }

  /** Trees; 0 for gblinear. */
  public int numTrees() {
    return description.numTrees();
  }

  /** Values a row that {@link #predict} answers: 1 for multi:softmax, else the outputs. */
  public int predictionWidth() {
    return objective.transform() == Transform.ARGMAX ? 1 : numOutputs();
  }

  /**
   * Margins: what the trees or weights add up to, before the objective's transform.
   *
   * @param rows {@code float[count][numFeatures]}
   * @param out {@code float[count][numOutputs]}
   * @throws IllegalArgumentException when an array is too short
   */
  public void predictMargin(float[] rows, int count, float[] out) {
    checkSizes(rows, count, out.length, numOutputs());
    predictor.margins(rows, 0, count, missing, out);
  }

  /**
   * Predictions in the objective's terms: a mean, a probability, a class index, a rank score.
   *
   * @param rows {@code float[count][numFeatures]}
   * @param out {@code float[count][predictionWidth]}
   * @throws IllegalArgumentException when an array is too short
   */
  public void predict(float[] rows, int count, float[] out) {
    checkSizes(rows, count, out.length, predictionWidth());
    if (predictionWidth() == numOutputs()) {
      predictor.margins(rows, 0, count, missing, out);
      objective.transform().apply(out, count, numOutputs());
    } else {
      predictor.classes(rows, count, missing, out);
    }
  }

  /** Whether {@link #predictProbabilities} has an answer: logistic and multiclass objectives. */
  public boolean hasProbabilities() {
    return objective.probabilityTransform().isPresent();
  }

  /**
   * Probabilities: of each class for multi:softprob and multi:softmax, of the positive class for
   * binary:logistic, binary:logitraw and reg:logistic.
   *
   * @param rows {@code float[count][numFeatures]}
   * @param out {@code float[count][numOutputs]}
   * @throws IllegalStateException when the objective has none
   * @throws IllegalArgumentException when an array is too short
   */
  public void predictProbabilities(float[] rows, int count, float[] out) {
    Transform transform =
        objective
            .probabilityTransform()
            .orElseThrow(
                () -> new IllegalStateException(objective.label() + " has no probabilities"));
    checkSizes(rows, count, out.length, numOutputs());
    predictor.margins(rows, 0, count, missing, out);
    transform.apply(out, count, numOutputs());
  }

  /**
   * The number, in the file, of the leaf that each row reaches in each tree.
   *
   * @param rows {@code float[count][numFeatures]}
   * @param out {@code int[count][numTrees]}
   * @throws UnsupportedOperationException for gblinear, which has no leaves
   * @throws IllegalArgumentException when an array is too short
   */
  public void predictLeaf(float[] rows, int count, int[] out) {
    checkSizes(rows, count, out.length, numTrees());
    predictor.leaves(rows, count, missing, out);
  }

  /** Whether {@link #predictContributions} has an answer; vector leaves have none. */
  public boolean hasContributions() {
    return predictor.hasContributions();
  }

  /**
   * What each feature adds to each margin: TreeSHAP for trees, value times weight for gblinear. A
   * row's values add up to its margins, within float rounding.
   *
   * @param rows {@code float[count][numFeatures]}
   * @param out {@code float[count][numOutputs][numFeatures + 1]}; the last column is the bias
   * @throws UnsupportedOperationException when {@link #hasContributions} says no
   * @throws IllegalArgumentException when an array is too short
   */
  public void predictContributions(float[] rows, int count, float[] out) {
    checkSizes(rows, count, out.length, numOutputs() * (numFeatures() + 1L));
    predictor.contributions(rows, count, missing, out);
  }

  private void checkSizes(float[] rows, int count, int outLength, long width) {
    if (count < 0) {
      throw new IllegalArgumentException(count + " rows");
    }
    if (rows.length < (long) count * numFeatures()) {
      throw new IllegalArgumentException(
          rows.length + " values for " + count + " rows of " + numFeatures() + " features");
    }
    if (outLength < count * width) {
      throw new IllegalArgumentException(
          "room for " + outLength + " of " + count + " rows of " + width + " values");
    }
  }
}

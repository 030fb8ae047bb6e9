package dev.berth.engine;

import dev.berth.engine.buffer.BufferPool;
import dev.berth.engine.format.ModelFormatException;
import dev.berth.engine.format.ModelReader;
import dev.berth.engine.format.XgboostModel;
import dev.berth.engine.objective.Objective;
import dev.berth.engine.objective.Transform;
import dev.berth.engine.rows.DenseRows;
import dev.berth.engine.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model of XGBoost 0.90 to 3.2, ready to predict. Immutable; safe for concurrent use. Margins
 * equal the XGBoost library's bit for bit.
 *
 * <p>Rows are dense or sparse ({@link Rows}), or simply one array, {@code
 * float[count][numFeatures]} row by row, where NaN is a missing value; answers fill an array of the
 * caller. Margins, predictions and leaves allocate nothing once as many calls as run at a time have
 * been made, on any kind of thread. Like {@code Booster.predict} of the library, and unlike its
 * scikit-learn wrappers, all trees count, whatever the attribute best_iteration says. A value of a
 * categorical feature is the category's code in the training data.
 *
 * <p>A large block scales over cores: each thread asks for other rows of the same {@link Rows} with
 * the same {@code out}, which is sound since row i's answers go where row i's place is. Whether
 * that pays, {@link #cost} says.
 */
public final class Booster {
  private final Predictor predictor;
  private final Objective objective;
  private final ModelDescription description;
  private final ClassPicker classes;
  private final BufferPool<DenseRows> views = new BufferPool<>(DenseRows::new);

  private Booster(Predictor predictor, Objective objective, ModelDescription description) {
    this.predictor = predictor;
    this.objective = objective;
    this.description = description;
    this.classes = new ClassPicker(predictor);
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
    ModelDescription description = ModelDescription.of(model, predictor);
    return new Booster(predictor, model.objective(), description);
  }

  /**
   * The same model, for rows in which {@code missing} stands for a missing value, besides NaN: what
   * {@code DMatrix(missing=...)} is to the library.
   */
  public Booster withMissing(float missing) {
    return new Booster(predictor.withMissing(missing), objective, description);
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
   * What margins of {@code count} rows cost at most, in steps of a walk down a tree (products for
   * gblinear). A step takes a nanosecond or two of one core, the reading of the values included.
   * Rows of a block may cost a fraction of what each would cost by itself.
   */
  public long cost(int count) {
    return predictor.cost(count);
  }

  /**
   * Margins: what the trees or weights add up to, before the objective's transform.
   *
   * @param rows {@code float[count][numFeatures]}
   * @param out {@code float[count][numOutputs]}
   * @throws IllegalArgumentException when an array is too short
   */
  public void predictMargin(float[] rows, int count, float[] out) {
    DenseRows view = view(rows, count);
    predictMargin(view, 0, count, out);
    giveBack(view);
  }

  /**
   * Margins of some rows.
   *
   * @param first the row to begin with
   * @param out {@code float[first + count][numOutputs]}, filled from row {@code first} on
   * @throws IllegalArgumentException when there are not that many rows, they have other features
   *     than the model, or {@code out} is too short
   */
  public void predictMargin(Rows rows, int first, int count, float[] out) {
    check(rows, first, count, out.length, numOutputs());
    predictor.margins(rows, first, count, out, first * numOutputs());
  }

  /**
   * Predictions in the objective's terms: a mean, a probability, a class index, a rank score.
   *
   * @param rows {@code float[count][numFeatures]}
   * @param out {@code float[count][predictionWidth]}
   * @throws IllegalArgumentException when an array is too short
   */
  public void predict(float[] rows, int count, float[] out) {
    DenseRows view = view(rows, count);
    predict(view, 0, count, out);
    giveBack(view);
  }

  /**
   * Predictions of some rows.
   *
   * @param first the row to begin with
   * @param out {@code float[first + count][predictionWidth]}, filled from row {@code first} on
   * @throws IllegalArgumentException as for {@link #predictMargin(Rows, int, int, float[])}
   */
  public void predict(Rows rows, int first, int count, float[] out) {
    check(rows, first, count, out.length, predictionWidth());
    if (objective.transform() == Transform.ARGMAX) {
      classes.pick(rows, first, count, out);
    } else {
      transformed(rows, first, count, objective.transform(), out);
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
    DenseRows view = view(rows, count);
    predictProbabilities(view, 0, count, out);
    giveBack(view);
  }

  /**
   * Probabilities of some rows.
   *
   * @param first the row to begin with
   * @param out {@code float[first + count][numOutputs]}, filled from row {@code first} on
   * @throws IllegalStateException when the objective has none
   * @throws IllegalArgumentException as for {@link #predictMargin(Rows, int, int, float[])}
   */
  public void predictProbabilities(Rows rows, int first, int count, float[] out) {
    Transform transform = objective.probabilityTransform().orElse(null);
    if (transform == null) {
      throw new IllegalStateException(objective.label() + " has no probabilities");
    }
    check(rows, first, count, out.length, numOutputs());
    transformed(rows, first, count, transform, out);
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
    DenseRows view = view(rows, count);
    predictLeaf(view, 0, count, out);
    giveBack(view);
  }

  /**
   * Leaves of some rows.
   *
   * @param first the row to begin with
   * @param out {@code int[first + count][numTrees]}, filled from row {@code first} on
   * @throws UnsupportedOperationException for gblinear, which has no leaves
   * @throws IllegalArgumentException as for {@link #predictMargin(Rows, int, int, float[])}
   */
  public void predictLeaf(Rows rows, int first, int count, int[] out) {
    check(rows, first, count, out.length, numTrees());
    predictor.leaves(rows, first, count, out, first * numTrees());
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
    DenseRows view = view(rows, count);
    predictContributions(view, 0, count, out);
    giveBack(view);
  }

  /**
   * Contributions of some rows.
   *
   * @param first the row to begin with
   * @param out {@code float[first + count][numOutputs][numFeatures + 1]}, filled from row {@code
   *     first} on
   * @throws UnsupportedOperationException when {@link #hasContributions} says no
   * @throws IllegalArgumentException as for {@link #predictMargin(Rows, int, int, float[])}
   */
  public void predictContributions(Rows rows, int first, int count, float[] out) {
    long width = numOutputs() * (numFeatures() + 1L);
    check(rows, first, count, out.length, width);
    predictor.contributions(rows, first, count, out, (int) (first * width));
  }

  private void transformed(Rows rows, int first, int count, Transform transform, float[] out) {
    int at = first * numOutputs();
    predictor.margins(rows, first, count, out, at);
    transform.apply(out, at, count, numOutputs());
  }

  private DenseRows view(float[] rows, int count) {
    DenseRows view = views.borrow();
    view.set(rows, count, numFeatures());
    return view;
  }

  private void giveBack(DenseRows view) {
    view.clear();
    views.giveBack(view);
  }

  private void check(Rows rows, int first, int count, int outLength, long width) {
    if (first < 0 || count < 0 || first > rows.count() - count) {
      throw new IllegalArgumentException(
          count + " rows from row " + first + " on, of " + rows.count());
    }
    if (!rows.fit(numFeatures())) {
      throw new IllegalArgumentException("rows of other than " + numFeatures() + " features");
    }
    if (outLength < (first + (long) count) * width) {
      throw new IllegalArgumentException(
          "room for " + outLength + " of " + (first + count) + " rows of " + width + " values");
    }
  }
}

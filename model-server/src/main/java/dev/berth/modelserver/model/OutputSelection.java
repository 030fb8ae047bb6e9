package dev.berth.modelserver.model;

import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;

import dev.berth.engine.Booster;
import dev.berth.engine.rows.Rows;
import dev.berth.modelserver.config.ModelConfig.Output;
import dev.berth.modelserver.config.ModelConfig.Select;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.media.AnswerWriter;
import java.util.List;
import java.util.Optional;

/**
 * Which of a model's outputs is the answer. Probabilities are one a class, so two for a binary
 * model. A label is the likeliest class, of a binary model the second from the threshold on;
 * without names for the classes it is the class's number.
 */
final class OutputSelection {
  private static final double EVEN = 0.5;

  private final Booster booster;
  private final Select select;
  private final List<String> labels;
  private final double threshold;

  private OutputSelection(Booster booster, Output output) {
    this.booster = booster;
    this.select = output.select();
    this.labels = output.labels();
    this.threshold = output.threshold().orElse(EVEN);
  }

  static OutputSelection of(Booster booster, Output output) throws LoadFailure {
    String objective = booster.description().objective();
    int classes = booster.numOutputs() == 1 ? 2 : booster.numOutputs();
    require(
        output.select() != Select.Probabilities || booster.hasProbabilities(),
        "output.select is Probabilities, but " + objective + " has none");
    boolean hinge = objective.equals("binary:hinge");
    boolean classified =
        booster.hasProbabilities()
            || (booster.numOutputs() == 1 && (hinge || output.threshold().isPresent()));
    require(
        output.select() != Select.Label || classified,
        "output.select is Label, but "
            + objective
            + " has no classes; set output.threshold, or another select");
    require(
        output.labels().isEmpty() || output.labels().size() == classes,
        "output.labels has "
            + output.labels().size()
            + " names, but the model has "
            + classes
            + " classes");
    return new OutputSelection(booster, output);
  }

  /** How many floats {@link #answer} needs for one row. */
  int width() {
    return Math.max(booster.predictionWidth(), booster.numOutputs());
  }

  /** The same model's output under another selection. */
  OutputSelection selecting(Select other) {
    return new OutputSelection(booster, new Output(List.of(), Optional.empty(), other));
  }

  /** Values a row; 1 where rows are answered by name. */
  int answerWidth() {
    return switch (select) {
      case Prediction -> booster.predictionWidth();
      case Margin -> booster.numOutputs();
      case Probabilities -> Math.max(2, booster.numOutputs());
      case Label -> 1;
    };
  }

  /** Whether rows are answered by name. */
  boolean isNamed() {
    return select == Select.Label && !labels.isEmpty();
  }

  /** Predicts rows into {@code outputs} and writes an answer for each of them. */
  void answer(Rows rows, float[] outputs, AnswerWriter writer) {
    int count = rows.count();
    switch (select) {
      case Prediction -> {
        booster.predict(rows, 0, count, outputs);
        scores(outputs, count, booster.predictionWidth(), writer);
      }
      case Margin -> {
        booster.predictMargin(rows, 0, count, outputs);
        scores(outputs, count, booster.numOutputs(), writer);
      }
      case Probabilities -> {
        booster.predictProbabilities(rows, 0, count, outputs);
        probabilities(outputs, count, writer);
      }
      case Label -> {
        if (booster.hasProbabilities()) {
          booster.predictProbabilities(rows, 0, count, outputs);
        } else {
          booster.predict(rows, 0, count, outputs);
        }
        labels(outputs, count, writer);
      }
    }
  }

  private static void scores(float[] outputs, int count, int width, AnswerWriter writer) {
    for (int row = 0; row < count; row++) {
      writer.scores(outputs, row * width, width);
    }
  }

  private void probabilities(float[] outputs, int count, AnswerWriter writer) {
    if (booster.numOutputs() > 1) {
      scores(outputs, count, booster.numOutputs(), writer);
      return;
    }
    float[] both = new float[2];
    for (int row = 0; row < count; row++) {
      both[0] = 1 - outputs[row];
      both[1] = outputs[row];
      writer.scores(both, 0, 2);
    }
  }

  private void labels(float[] outputs, int count, AnswerWriter writer) {
    int width = booster.numOutputs();
    float[] number = new float[1];
    for (int row = 0; row < count; row++) {
      int label =
          width == 1 ? (outputs[row] >= threshold ? 1 : 0) : largest(outputs, row * width, width);
      if (labels.isEmpty()) {
        number[0] = label;
        writer.scores(number, 0, 1);
      } else {
        writer.label(labels.get(label));
      }
    }
  }

  private static int largest(float[] values, int from, int width) {
    int best = 0;
    for (int i = 1; i < width; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private static void require(boolean condition, String complaint) throws LoadFailure {
    if (!condition) {
      throw new LoadFailure(InvalidConfiguration, complaint);
    }
  }
}

package dev.berth.modelserver.model;

import dev.berth.engine.Booster;
import dev.berth.engine.rows.Rows;
import dev.berth.modelserver.config.ModelConfig.Select;
import dev.berth.modelserver.tensor.Datatype;
import dev.berth.modelserver.tensor.InferRequest;
import dev.berth.modelserver.tensor.InferRequest.RequestedOutput;
import dev.berth.modelserver.tensor.InvalidTensorException;
import dev.berth.modelserver.tensor.ModelSignature;
import dev.berth.modelserver.tensor.OutputTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs of a model by the names that the Open Inference Protocol's clients ask for them.
 * {@code predict} is what the model is configured to answer and what a request gets that asks for
 * nothing; the others come on request.
 */
final class TensorOutputs {
  static final String PREDICT = "predict";
  private static final String CONTRIBUTIONS = "contributions";

  private final Booster booster;
  private final Map<String, OutputSelection> selections = new LinkedHashMap<>();

  TensorOutputs(Booster booster, OutputSelection configured) {
    this.booster = booster;
    selections.put(PREDICT, configured);
    selections.put("margin", configured.selecting(Select.Margin));
    if (booster.hasProbabilities()) {
      selections.put("probabilities", configured.selecting(Select.Probabilities));
    }
  }

  /** What a model of this name takes and gives. */
  ModelSignature signature(String name, String version) {
    OutputSelection configured = selections.get(PREDICT);
    long width = configured.answerWidth();
    return new ModelSignature(
        name,
        version,
        List.of(
            new ModelSignature.Tensor(
                "input-0", Datatype.FP32, List.of(-1L, (long) booster.numFeatures()))),
        List.of(
            new ModelSignature.Tensor(
                PREDICT,
                configured.isNamed() ? Datatype.BYTES : Datatype.FP32,
                width == 1 ? List.of(-1L) : List.of(-1L, width))));
  }

  /** Empty tensors for the outputs that a request wants, in its order. */
  List<OutputTensor> wanted(InferRequest request) {
    if (request.outputs().isEmpty()) {
      return List.of(new OutputTensor(PREDICT, List.of()));
    }
    List<OutputTensor> wanted = new ArrayList<>();
    for (RequestedOutput output : request.outputs()) {
      boolean contributions = output.name().equals(CONTRIBUTIONS) && booster.hasContributions();
      if (!contributions && !selections.containsKey(output.name())) {
        throw new InvalidTensorException(
            "the model has no output '" + output.name() + "'; there are " + names());
      }
      wanted.add(new OutputTensor(output.name(), contributions ? contributionShape() : List.of()));
    }
    return wanted;
  }

  /** Values a row that the largest of the outputs takes. */
  int weight(List<OutputTensor> wanted) {
    boolean contributions = wanted.stream().anyMatch(o -> o.name().equals(CONTRIBUTIONS));
    return contributions ? contributionWidth() : selections.get(PREDICT).width();
  }

  /** Adds the answers for some rows to each of the tensors. */
  void answer(Rows rows, float[] outputs, List<OutputTensor> wanted) {
    for (OutputTensor tensor : wanted) {
      if (tensor.name().equals(CONTRIBUTIONS)) {
        booster.predictContributions(rows, 0, rows.count(), outputs);
        int width = contributionWidth();
        for (int row = 0; row < rows.count(); row++) {
          tensor.scores(outputs, row * width, width);
        }
      } else {
        selections.get(tensor.name()).answer(rows, outputs, tensor);
      }
    }
  }

  private int contributionWidth() {
    return booster.numOutputs() * (booster.numFeatures() + 1);
  }

  private List<Long> contributionShape() {
    long features = booster.numFeatures() + 1L;
    return booster.numOutputs() == 1
        ? List.of(features)
        : List.of((long) booster.numOutputs(), features);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(selections.keySet());
    if (booster.hasContributions()) {
      names.add(CONTRIBUTIONS);
    }
    return names;
  }
}

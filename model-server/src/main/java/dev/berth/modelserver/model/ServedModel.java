package dev.berth.modelserver.model;

import dev.berth.engine.Booster;
import dev.berth.engine.ModelDescription;
import dev.berth.modelserver.config.ModelConfig;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.media.AnswerWriter;
import dev.berth.modelserver.media.ByteRun;
import dev.berth.modelserver.media.Columns;
import dev.berth.modelserver.media.InputFormat;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.JsonReader;
import dev.berth.modelserver.media.OutputFormat;
import dev.berth.modelserver.media.RowBlock;
import dev.berth.modelserver.tensor.InferRequest;
import dev.berth.modelserver.tensor.ModelSignature;
import dev.berth.modelserver.tensor.OutputTensor;
import java.util.List;
import java.util.Optional;

/** A loaded model, safe for concurrent use. */
public final class ServedModel {
  /** A model never changes while it is served, so there is one version of each. */
  public static final String VERSION = "1";

  /** Narrower rows are read faster as arrays, whatever is missing in them. */
  private static final int SPARSE_FROM = 64;

  private final ModelFacts facts;
  private final Booster booster;
  private final Columns columns;
  private final OutputSelection output;
  private final TensorOutputs tensors;

  private ServedModel(ModelFacts facts, Booster booster, Columns columns, OutputSelection output) {
    this.facts = facts;
    this.booster = booster;
    this.columns = columns;
    this.output = output;
    this.tensors = new TensorOutputs(booster, output);
  }

  /**
   * Puts a model together.
   *
   * @throws LoadFailure when the configuration does not fit the file
   */
  public static ServedModel of(ModelConfig config, Booster booster, ModelFacts facts)
      throws LoadFailure {
    return new ServedModel(
        facts,
        booster,
        ModelColumns.of(config.features(), booster.description()),
        OutputSelection.of(booster, config.output()));
  }

  /** The same model, its artifact's checksum known. */
  public ServedModel withSha256(String sha256) {
    ModelFacts known = new ModelFacts(facts.name(), facts.sizeBytes(), Optional.of(sha256));
    return new ServedModel(known, booster, columns, output);
  }

  public ModelFacts facts() {
    return facts;
  }

  public ModelDescription description() {
    return booster.description();
  }

  /** How many features a row has. */
  public int width() {
    return columns.count();
  }

  /** What rows cost to predict, in steps down a tree: about as many nanoseconds at the most. */
  public long cost(long rows) {
    return booster.cost(Math.toIntExact(rows));
  }

  /**
   * As {@link #cost}, of a request of so many bytes of tensors: a value takes two of them at the
   * least, but for the smallest datatypes.
   */
  public long costOfTensors(int bytes) {
    return cost(1 + bytes / (2L * Math.max(1, width())));
  }

  /** What the model takes and gives, for clients that ask. */
  public ModelSignature signature() {
    return tensors.signature(facts.name(), VERSION);
  }

  /**
   * Answers a request's rows into {@link Scratch#answer()}.
   *
   * @return how many rows there were, at least one
   * @throws InvalidRowsException when the body cannot be read or holds no row
   * @throws dev.berth.modelserver.media.TooManyRowsException when the answer would be too large
   */
  public long answer(InputFormat in, OutputFormat out, ByteRun body, Scratch scratch) {
    scratch.answer().clear();
    AnswerWriter writer = out.writer(scratch.answer());
    RowBlock rows = scratch.rows();
    start(
        rows,
        in,
        output.width(),
        block -> output.answer(block, scratch.outputs(rows.capacity() * output.width()), writer));
    if (out == OutputFormat.KSERVE_V1) {
      JsonReader.readInstances(columns, body.array(), body.from(), body.to(), rows);
    } else {
      in.read(columns, body.array(), body.from(), body.to(), rows);
    }
    long total = atLeastOne(rows);
    writer.end();
    return total;
  }

  /** Whether {@link #explain} has an answer: models with vector leaves have none. */
  public boolean hasExplanations() {
    return booster.hasContributions();
  }

  /**
   * Answers a request's rows into {@link Scratch#answer()} with what each feature added to them.
   *
   * @param out how the predictions are written inside: text
   * @return how many rows there were, at least one
   * @throws InvalidRowsException when the body cannot be read or holds no row
   * @throws dev.berth.modelserver.media.TooManyRowsException when the answer would be too large
   */
  public long explain(InputFormat in, OutputFormat out, ByteRun body, Scratch scratch) {
    scratch.answer().clear();
    AnswerBuffer predictions = scratch.secondAnswer();
    AnswerWriter writer = out.writer(predictions);
    Explanations explanations = new Explanations(booster, columns, scratch.answer());
    int weight = Math.max(output.width(), Explanations.width(booster));
    RowBlock rows = scratch.rows();
    explanations.begin();
    start(
        rows,
        in,
        weight,
        block -> {
          float[] room = scratch.outputs(rows.capacity() * weight);
          output.answer(block, room, writer);
          explanations.rows(block, room);
        });
    in.read(columns, body.array(), body.from(), body.to(), rows);
    long total = atLeastOne(rows);
    writer.end();
    explanations.end(out, predictions);
    return total;
  }

  /**
   * Answers an inference request's rows, which can be read once.
   *
   * @return the outputs that it wants, in its order, each of at least one row
   * @throws dev.berth.modelserver.tensor.InvalidTensorException when it does not suit the model
   * @throws InvalidRowsException when a value does not, or there is no row
   * @throws dev.berth.modelserver.media.TooManyRowsException when the answer would be too large
   */
  public List<OutputTensor> infer(InferRequest request, Scratch scratch) {
    List<OutputTensor> wanted = tensors.wanted(request);
    int weight = tensors.weight(wanted);
    RowBlock rows = scratch.rows();
    rows.start(
        columns.count(),
        weight,
        block -> tensors.answer(block, scratch.outputs(rows.capacity() * weight), wanted));
    request.readRows(columns, rows);
    atLeastOne(rows);
    return wanted;
  }

  private void start(RowBlock rows, InputFormat in, int weight, RowBlock.Consumer consumer) {
    boolean sparse =
        columns.count() >= SPARSE_FROM && (in == InputFormat.LIBSVM || in == InputFormat.RECORDIO);
    if (sparse) {
      rows.startSparse(columns.count(), weight, consumer);
    } else {
      rows.start(columns.count(), weight, consumer);
    }
  }

  private static long atLeastOne(RowBlock rows) {
    long total = rows.finish();
    if (total == 0) {
      throw InvalidRowsException.noRow();
    }
    return total;
  }
}

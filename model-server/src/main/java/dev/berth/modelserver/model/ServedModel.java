package dev.berth.modelserver.model;

import dev.berth.engine.Booster;
import dev.berth.engine.ModelDescription;
import dev.berth.modelserver.config.ModelConfig;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.media.AnswerWriter;
import dev.berth.modelserver.media.Columns;
import dev.berth.modelserver.media.InputFormat;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.JsonReader;
import dev.berth.modelserver.media.OutputFormat;
import dev.berth.modelserver.media.RowBlock;

/** A loaded model, safe for concurrent use. */
public final class ServedModel {
  private final ModelFacts facts;
  private final Booster booster;
  private final Columns columns;
  private final OutputSelection output;

  private ServedModel(ModelFacts facts, Booster booster, Columns columns, OutputSelection output) {
    this.facts = facts;
    this.booster = booster;
    this.columns = columns;
    this.output = output;
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

  public ModelFacts facts() {
    return facts;
  }

  public ModelDescription description() {
    return booster.description();
  }

  /** How much work a body of this size may be, in rows times trees. */
  public long cost(int bodyBytes) {
    long rows = 1 + bodyBytes / (2L * Math.max(1, columns.count()));
    return rows * Math.max(1, booster.numTrees());
  }

  /**
   * Answers a request's rows into {@link Scratch#answer()}.
   *
   * @return how many rows there were, at least one
   * @throws InvalidRowsException when the body cannot be read or holds no row
   * @throws dev.berth.modelserver.media.TooManyRowsException when the answer would be too large
   */
  public long answer(
      InputFormat in, OutputFormat out, byte[] body, int from, int to, Scratch scratch) {
    scratch.answer().clear();
    AnswerWriter writer = new AnswerWriter(out, scratch.answer());
    RowBlock rows = scratch.rows();
    rows.start(
        columns.count(),
        (values, count) ->
            output.answer(
                values, count, scratch.outputs(rows.capacity() * output.width()), writer));
    if (out == OutputFormat.KSERVE_V1) {
      JsonReader.readInstances(columns, body, from, to, rows);
    } else {
      in.read(columns, body, from, to, rows);
    }
    long total = rows.finish();
    if (total == 0) {
      throw InvalidRowsException.noRow();
    }
    writer.end();
    return total;
  }
}

package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.ByteRun;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.http.Answer;
import io.netty.buffer.ByteBuf;

/** What a request wants of a model, whatever protocol it speaks. */
interface Question {
  /**
   * What an answer is, besides its bytes.
   *
   * @param jsonBytes how many of them are JSON when something else follows; else 0
   */
  record Reply(long rows, String mediaType, int jsonBytes) {}

  /**
   * The most that predicting a body's rows may take, in nanoseconds; more than any bound when the
   * answer takes long however few the rows.
   */
  long cost(ServedModel model, ByteBuf body);

  /** The least that {@link #cost} will say of a body that has so many bytes, or more. */
  long leastCost(ServedModel model, int bodyBytes);

  /** Answers into {@link Scratch#answer()}; throws {@link Refusal}. */
  Reply answer(ServedModel model, ByteRun body, Scratch scratch);

  /** A refusal in the shape that this protocol gives to errors. */
  Answer.Whole refusal(Refusal refusal);
}

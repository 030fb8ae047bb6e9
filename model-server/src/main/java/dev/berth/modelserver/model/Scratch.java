package dev.berth.modelserver.model;

import dev.berth.modelserver.media.AnswerBuffer;
import dev.berth.modelserver.media.RowBlock;
import dev.berth.modelserver.memory.MemoryBounds;

/**
 * The memory that one thread answers with, request after request. Not for two threads, nor for two
 * requests at once.
 */
public final class Scratch {
  private static final int MAX_ANSWER_BYTES =
      MemoryBounds.ofThisProcess(Integer.MAX_VALUE).answerBytes();
  private static final int KEPT_BYTES = 1 << 20;
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final RowBlock rows = new RowBlock();
  private final AnswerBuffer answer = new AnswerBuffer(MAX_ANSWER_BYTES);
  private AnswerBuffer secondAnswer;
  private float[] outputs = {};
  private byte[] input = {};

  private Scratch() {}

  /** The calling thread's. */
  public static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /** The answer that was written last. */
  public AnswerBuffer answer() {
    return answer;
  }

  /** An empty buffer for what becomes a part of the answer. */
  AnswerBuffer secondAnswer() {
    if (secondAnswer == null) {
      secondAnswer = new AnswerBuffer(MAX_ANSWER_BYTES);
    }
    secondAnswer.clear();
    return secondAnswer;
  }

  /** Room for a request's bytes. */
  public byte[] input(int size) {
    if (size > KEPT_BYTES) {
      return new byte[size];
    }
    if (input.length < size) {
      input = new byte[Math.max(size, Math.min(KEPT_BYTES, 2 * input.length))];
    }
    return input;
  }

  RowBlock rows() {
    return rows;
  }

  float[] outputs(int size) {
    if (outputs.length < size) {
      outputs = new float[size];
    }
    return outputs;
  }
}

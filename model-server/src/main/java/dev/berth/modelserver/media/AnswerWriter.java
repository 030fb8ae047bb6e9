package dev.berth.modelserver.media;

/** Takes the answers of one request, row by row, in the form that its client asked for. */
public interface AnswerWriter {
  /** One row's score: {@code float[width]} at {@code offset}. */
  void scores(float[] values, int offset, int width);

  /** One row's score by name. */
  void label(String label);

  /** There are no more rows. */
  void end();
}

package dev.berth.modelserver.golden;

import static dev.berth.modelserver.failure.FailureReason.GoldenRecordFailed;

import dev.berth.modelserver.config.ModelConfig.GoldenRecord;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.invoke.Invocation;
import dev.berth.modelserver.invoke.Refusal;
import dev.berth.modelserver.media.ByteRun;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a model its golden records. */
public final class GoldenRecords {
  private static final int WARM_UP_ANSWERS = 1_000;
  private static final Duration WARM_UP_LIMIT = Duration.ofMillis(150);
  private static final int SHOWN_CHARS = 200;

  /** A number that is no part of a word. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?(?![\\w.])");

  private GoldenRecords() {}

  /** Throws {@link LoadFailure} for the first record that is not answered as expected. */
  public static void check(ServedModel model, List<GoldenRecord> records) throws LoadFailure {
    for (int i = 0; i < records.size(); i++) {
      GoldenRecord record = records.get(i);
      String place = "goldenRecords[" + i + "] of model '" + model.facts().name() + "'";
      String answer;
      try {
        answer = answer(model, record).strip();
      } catch (Refusal refusal) {
        throw new LoadFailure(GoldenRecordFailed, place + " was refused: " + refusal.getMessage());
      }
      Optional<String> difference = difference(record, answer);
      if (difference.isPresent()) {
        throw new LoadFailure(
            GoldenRecordFailed,
            place
                + ": expected "
                + shown(record.expect().strip())
                + ", the answer is "
                + shown(answer)
                + difference.get());
      }
    }
  }

  /**
   * Has the model answer for a moment, so that the JIT compiler has seen it before the first client
   * comes.
   */
  public static void warmUp(ServedModel model, List<GoldenRecord> records) {
    List<GoldenRecord> asked =
        records.isEmpty()
            ? List.of(
                new GoldenRecord(
                    "text/csv",
                    String.join(
                        ",",
                        java.util.Collections.nCopies(model.description().numFeatures(), "0.5")),
                    "",
                    Optional.empty()))
            : records;
    long end = System.nanoTime() + WARM_UP_LIMIT.toNanos();
    try {
      for (int i = 0; i < WARM_UP_ANSWERS && System.nanoTime() < end; i++) {
        answer(model, asked.get(i % asked.size()));
      }
    } catch (Refusal _) {
      // A made-up row need not suit a model with categories; such a model starts cold.
    }
  }

  private static String answer(ServedModel model, GoldenRecord record) {
    Scratch scratch = Scratch.ofThread();
    Invocation.of(Optional.of(record.contentType()), Optional.empty())
        .answer(model, ByteRun.of(record.body()), scratch);
    return scratch.answer().toText();
  }

  /** What is wrong with an answer, in the words that follow it; empty when it will do. */
  private static Optional<String> difference(GoldenRecord record, String answer) {
    String expected = record.expect().strip();
    if (record.tolerance().isEmpty()) {
      return expected.equals(answer)
          ? Optional.empty()
          : Optional.of(" (the text must be the same: there is no tolerance)");
    }
    double tolerance = record.tolerance().get();
    List<Double> expectedNumbers = numbers(expected);
    List<Double> numbers = numbers(answer);
    if (expectedNumbers.isEmpty() || expectedNumbers.size() != numbers.size()) {
      return Optional.of(
          " (" + expectedNumbers.size() + " numbers expected, " + numbers.size() + " answered)");
    }
    for (int i = 0; i < numbers.size(); i++) {
      double distance = Math.abs(numbers.get(i) - expectedNumbers.get(i));
      if (!(distance <= tolerance)) {
        return Optional.of(
            " ("
                + numbers.get(i)
                + " is farther than "
                + tolerance
                + " from "
                + expectedNumbers.get(i)
                + ")");
      }
    }
    return Optional.empty();
  }

  private static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(Double.valueOf(matcher.group()));
    }
    return numbers;
  }

  private static String shown(String text) {
    return text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "..." : text;
  }
}

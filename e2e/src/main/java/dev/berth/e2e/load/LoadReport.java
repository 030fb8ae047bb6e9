package dev.berth.e2e.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What came back.
 *
 * @param answers the bodies of answers with status 200, stripped, and how often each came
 * @param failed how many requests failed: another status, or no answer
 * @param failures the first of them, one line each
 */
public record LoadReport(
    long sent,
    long failed,
    List<String> failures,
    Map<String, Tally> answers,
    Duration median,
    Duration p99,
    Duration longest) {

  /** Answers to requests that were sent after {@code moment} and were not {@code expected}. */
  public List<String> strangersAfter(Instant moment, String expected) {
    return answers.entrySet().stream()
        .filter(answer -> !answer.getKey().equals(expected))
        .filter(answer -> answer.getValue().lastAsked().isAfter(moment))
        .map(
            answer ->
                "%s, last asked for at %s, which is after %s"
                    .formatted(answer.getKey(), answer.getValue().lastAsked(), moment))
        .toList();
  }

  @Override
  public String toString() {
    return "%d requests, %d failed, median %d us, p99 %d us, longest %d ms, answers %s%s"
        .formatted(
            sent,
            failed,
            median.toNanos() / 1000,
            p99.toNanos() / 1000,
            longest.toMillis(),
            answers,
            failures.isEmpty() ? "" : ", first failures " + failures);
  }
}

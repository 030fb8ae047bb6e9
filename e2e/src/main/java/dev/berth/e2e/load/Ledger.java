package dev.berth.e2e.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what every connection saw. Safe for concurrent use. */
final class Ledger {
  private static final int FAILURES_TOLD = 20;

  /** Latencies are counted in steps of one part in 16: bucket = 16 * log2(microseconds). */
  private final long[] latencies = new long[16 * 40];

  private final Map<String, Tally> answers = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private long sent;
  private long failed;
  private long longestNanos;

  synchronized void answered(Instant asked, long nanos, Answer answer) {
    sent++;
    latencies[bucket(nanos)]++;
    longestNanos = Math.max(longestNanos, nanos);
    if (answer.status() == 200) {
      Tally first = new Tally(1, asked, asked);
      answers.merge(answer.label(), first, (tally, _) -> tally.plus(asked));
    } else {
      fail(asked, answer.label());
    }
  }

  synchronized void lost(Instant asked, String why) {
    sent++;
    fail(asked, why);
  }

  private void fail(Instant asked, String why) {
    failed++;
    if (failures.size() < FAILURES_TOLD) {
      failures.add(asked + " " + why);
    }
  }

  synchronized LoadReport report() {
    return new LoadReport(
        sent,
        failed,
        List.copyOf(failures),
        Map.copyOf(answers),
        percentile(0.5),
        percentile(0.99),
        Duration.ofNanos(longestNanos));
  }

  private Duration percentile(double share) {
    long all = 0;
    for (long count : latencies) {
      all += count;
    }
    long seen = 0;
    for (int bucket = 0; bucket < latencies.length; bucket++) {
      seen += latencies[bucket];
      if (seen >= share * all && seen > 0) {
        return Duration.ofNanos((long) (1000 * Math.pow(2, (bucket + 1) / 16.0)));
      }
    }
    return Duration.ZERO;
  }

  private int bucket(long nanos) {
    double micros = Math.max(1, nanos / 1000.0);
    return Math.min(latencies.length - 1, (int) (16 * Math.log(micros) / Math.log(2)));
  }
}

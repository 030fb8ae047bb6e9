package dev.berth.e2e.load;

import java.time.Instant;

/**
 * How often one answer came.
 *
 * @param lastAsked when the last request that got this answer was sent
 */
public record Tally(long count, Instant firstAsked, Instant lastAsked) {
  Tally plus(Instant asked) {
    return new Tally(count + 1, firstAsked, asked.isAfter(lastAsked) ? asked : lastAsked);
  }
}

package dev.berth.aot;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program that was started with {@code -XX:AOTCacheOutput}: it answers the sample's
 * calls, is told to stop, and its JVM writes the cache as it ends.
 */
public record Rehearsal(Process program, SampleCalls calls) {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Holds it to its end. Returns whether the program answered as often as it should. */
  public boolean held() throws InterruptedException {
    try {
      return calls.answered(program, LIMIT);
    } finally {
      program.destroy();
      if (!program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        program.destroyForcibly();
      }
    }
  }
}

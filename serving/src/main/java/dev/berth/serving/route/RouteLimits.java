package dev.berth.serving.route;

import java.util.concurrent.TimeUnit;

/**
 * Bounds of one request.
 *
 * @param maxBodyBytes a larger body is refused with 413
 * @param timeoutSeconds a model that takes longer is given up with 504
 * @param maxQueue how many requests wait at most while no server is there
 */
public record RouteLimits(Long maxBodyBytes, Integer timeoutSeconds, Integer maxQueue) {

  /** 6 MiB, a minute, 100. */
  public static final RouteLimits DEFAULT = new RouteLimits(null, null, null);

  public RouteLimits {
    maxBodyBytes = maxBodyBytes == null ? Long.valueOf(6L << 20) : maxBodyBytes;
    timeoutSeconds = timeoutSeconds == null ? Integer.valueOf(60) : timeoutSeconds;
    maxQueue = maxQueue == null ? Integer.valueOf(100) : maxQueue;
    Check.that(maxBodyBytes >= 0, "limits.maxBodyBytes: " + maxBodyBytes + " is negative");
    Check.that(timeoutSeconds > 0, "limits.timeoutSeconds: " + timeoutSeconds + " is not positive");
    Check.that(maxQueue >= 0, "limits.maxQueue: " + maxQueue + " is negative");
  }

  /** {@link #timeoutSeconds} in nanoseconds. */
  public long timeoutNanos() {
    return TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }
}

package dev.berth.router.table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is remembered of an endpoint across its tables. */
final class EndpointState {
  private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean hadBackends;
  private boolean everHadBackends;
  private long lostBackendsNanos;

  /** Where the split of a variant, or of all ({@code ""}), has got to. */
  AtomicLong counter(String variant) {
    return counters.computeIfAbsent(variant, _ -> new AtomicLong());
  }

  /** How many requests wait for a server. */
  AtomicInteger waiting() {
    return waiting;
  }

  /**
   * Notes whether the endpoint has a server in the table that is being taken.
   *
   * @return when it lost its last one; meaningless while it has one or never had
   */
  long observe(boolean hasBackends, long nowNanos) {
    if (hadBackends && !hasBackends) {
      lostBackendsNanos = nowNanos;
    }
    everHadBackends |= hasBackends;
    hadBackends = hasBackends;
    return lostBackendsNanos;
  }

  boolean everHadBackends() {
    return everHadBackends;
  }
}

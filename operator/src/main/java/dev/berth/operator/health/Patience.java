package dev.berth.operator.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Well until unwell for a good while without a break. Watches end and begin anew, and an API server
 * may be away for minutes: none of that is cured by a restart, which would only lose what the
 * caches hold.
 */
public final class Patience implements BooleanSupplier {

  private final BooleanSupplier well;
  private final Duration limit;
  private final Clock clock;
  private final AtomicReference<Instant> unwellSince = new AtomicReference<>();

  public Patience(BooleanSupplier well, Duration limit, Clock clock) {
    this.well = well;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public boolean getAsBoolean() {
    if (well.getAsBoolean()) {
      unwellSince.set(null);
      return true;
    }
    Instant now = clock.instant();
    unwellSince.compareAndSet(null, now);
    Instant since = unwellSince.get();
    return since == null || Duration.between(since, now).compareTo(limit) < 0;
  }
}

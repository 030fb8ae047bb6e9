package dev.berth.router.balance;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Splits requests between fleets by weight, exactly: the n-th request takes the n-th point of the
 * sequence {n x golden ratio} on the unit interval, cut in proportion to the weights. Its points
 * lie so evenly that after N requests every share is off by a few requests in all, where plain
 * randomness would be off by the root of N (Knuth, The Art of Computer Programming, volume 3, 6.4).
 * One atomic counter is all that event loops share.
 */
public final class Splitter {
  /** 2^64 / golden ratio, made odd: multiplying the counter by it is the sequence, in 64 bits. */
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

  private final Fleet[] drawn;
  private final long[] upperBounds;
  private final AtomicLong counter;

  /**
   * Splits between those of {@code fleets} that have a weight and a server.
   *
   * @param counter where the sequence goes on, handed from table to table: with a fresh one at each
   *     change, a table that changes often would favour whoever comes first
   */
  public Splitter(List<Fleet> fleets, AtomicLong counter) {
    this.counter = counter;
    this.drawn =
        fleets.stream().filter(f -> f.weight() > 0 && f.hasBackends()).toArray(Fleet[]::new);
    this.upperBounds = upperBounds(drawn);
  }

  /**
   * Splits between all of {@code fleets} that have a server, evenly when none has a weight: for
   * those who ask for a variant by name.
   */
  public static Splitter ofVariant(List<Fleet> fleets, AtomicLong counter) {
    if (fleets.stream().anyMatch(fleet -> fleet.weight() > 0 && fleet.hasBackends())) {
      return new Splitter(fleets, counter);
    }
    return new Splitter(counter, fleets.stream().filter(Fleet::hasBackends).toArray(Fleet[]::new));
  }

  private Splitter(AtomicLong counter, Fleet[] evenly) {
    this.counter = counter;
    this.drawn = evenly;
    this.upperBounds = new long[evenly.length];
    for (int i = 0; i < evenly.length; i++) {
      upperBounds[i] = bound((i + 1.0) / evenly.length);
    }
  }

  /** The fleet of the next request; empty when there is none to draw. */
  public Optional<Fleet> draw() {
    if (drawn.length <= 1) {
      return drawn.length == 0 ? Optional.empty() : Optional.of(drawn[0]);
    }
    long point = (counter.getAndIncrement() * STEP) >>> 1;
    int i = 0;
    while (i < drawn.length - 1 && point >= upperBounds[i]) {
      i++;
    }
    return Optional.of(drawn[i]);
  }

  /** Whether there are servers and every one has just refused such a request. */
  public boolean refuses(Burden burden) {
    for (Fleet fleet : drawn) {
      if (!fleet.refuses(burden)) {
        return false;
      }
    }
    return drawn.length > 0;
  }

  /** Another fleet that has a server which did not fail this request yet; of those, the first. */
  public Optional<Fleet> another(Collection<Backend> tried) {
    return Arrays.stream(drawn).filter(fleet -> !tried.containsAll(fleet.backends())).findFirst();
  }

  private static long[] upperBounds(Fleet[] fleets) {
    double sum = Arrays.stream(fleets).mapToDouble(Fleet::weight).sum();
    // Weights near the largest double would add up to infinity.
    double scale = Double.isInfinite(sum) ? 1.0 / fleets.length : 1;
    double total = Arrays.stream(fleets).mapToDouble(f -> f.weight() * scale).sum();
    long[] bounds = new long[fleets.length];
    double reached = 0;
    for (int i = 0; i < fleets.length; i++) {
      reached += fleets[i].weight() * scale;
      bounds[i] = bound(reached / total);
    }
    return bounds;
  }

  /** A point of the unit interval, in 63 bits. */
  private static long bound(double share) {
    return share >= 1 ? Long.MAX_VALUE : (long) (share * 0x1p63);
  }
}

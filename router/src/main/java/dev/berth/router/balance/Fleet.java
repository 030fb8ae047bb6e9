package dev.berth.router.balance;

import dev.berth.router.metrics.FleetMeter;
import dev.berth.serving.route.FleetRoute.Routing;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One fleet as the router sees it: its share, its servers and the choice among them. */
public final class Fleet {
  private final String variant;
  private final double weight;
  private final Routing routing;
  private final Backend[] backends;
  private final FleetMeter meter;

  public Fleet(
      String variant, double weight, Routing routing, List<Backend> backends, FleetMeter meter) {
    this.variant = variant;
    this.weight = weight;
    this.routing = routing;
    this.backends = backends.toArray(new Backend[0]);
    this.meter = meter;
  }

  public String variant() {
    return variant;
  }

  public double weight() {
    return weight;
  }

  public FleetMeter meter() {
    return meter;
  }

  public boolean hasBackends() {
    return backends.length > 0;
  }

  /** Whether every server of it has just refused such a request. */
  boolean refuses(Burden burden) {
    for (Backend backend : backends) {
      if (!backend.refuses(burden)) {
        return false;
      }
    }
    return true;
  }

  /** Its servers. */
  public List<Backend> backends() {
    return List.of(backends);
  }

  /**
   * A server for a request.
   *
   * @param tried those that failed it already; none of them is chosen
   * @return empty when all have been tried. An ejected one is chosen only when no other is left:
   *     maybe it works, and nothing else does for sure
   */
  public Optional<Backend> choose(Collection<Backend> tried) {
    int count = backends.length;
    if (tried.isEmpty() && count > 0) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int first = count == 1 ? 0 : random.nextInt(count);
      Backend one = backends[first];
      if (count == 1) {
        return Optional.of(one);
      }
      Backend other = backends[(first + 1 + random.nextInt(count - 1)) % count];
      if (one.health().fit() && other.health().fit()) {
        return Optional.of(lessBusy(one, other));
      }
    }
    return chooseCarefully(tried);
  }

  private Optional<Backend> chooseCarefully(Collection<Backend> tried) {
    Backend fit = null;
    Backend unfit = null;
    int start = backends.length == 0 ? 0 : ThreadLocalRandom.current().nextInt(backends.length);
    for (int i = 0; i < backends.length; i++) {
      Backend backend = backends[(start + i) % backends.length];
      if (tried.contains(backend)) {
        continue;
      }
      if (backend.health().fit()) {
        fit = fit == null ? backend : lessBusy(fit, backend);
      } else if (backend.health().admits()) {
        return Optional.of(backend);
      } else {
        unfit = backend;
      }
    }
    return Optional.ofNullable(fit == null ? unfit : fit);
  }

  private Backend lessBusy(Backend one, Backend other) {
    return routing == Routing.Random || one.outstanding() <= other.outstanding() ? one : other;
  }
}

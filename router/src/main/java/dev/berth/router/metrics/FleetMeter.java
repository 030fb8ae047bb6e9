package dev.berth.router.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** One fleet's series, looked up once, so that counting a request costs no look-up by label. */
public final class FleetMeter {
  private static final int CODES = 600;

  private final FleetLabels labels;
  private final Counter requests;
  private final DistributionDataPoint duration;
  private final CounterDataPoint retries;
  private final CounterDataPoint ejections;
  private final LongAdder inFlight = new LongAdder();
  private final AtomicReferenceArray<CounterDataPoint> byCode = new AtomicReferenceArray<>(CODES);

  FleetMeter(
      FleetLabels labels,
      Counter requests,
      Histogram duration,
      Counter retries,
      Counter ejections) {
    this.labels = labels;
    this.requests = requests;
    this.duration = duration.labelValues(labels.values());
    this.retries = retries.labelValues(labels.values());
    this.ejections = ejections.labelValues(labels.values());
  }

  /** A request goes to one of the fleet's servers. */
  public void begun() {
    inFlight.increment();
  }

  /** It is not there any more. */
  public void ended() {
    inFlight.decrement();
  }

  /** The client has its answer, or has left (499). */
  public void answered(int code, long nanos) {
    counter(code < CODES ? code : 599).inc();
    duration.observe(nanos / 1e9);
  }

  public void retried() {
    retries.inc();
  }

  public void ejected() {
    ejections.inc();
  }

  long inFlight() {
    return inFlight.sum();
  }

  void remove() {
    for (int code = 0; code < CODES; code++) {
      if (byCode.get(code) != null) {
        requests.remove(values(code));
      }
    }
  }

  private CounterDataPoint counter(int code) {
    CounterDataPoint known = byCode.get(code);
    if (known == null) {
      known = requests.labelValues(values(code));
      byCode.set(code, known);
    }
    return known;
  }

  private String[] values(int code) {
    return new String[] {
      labels.endpoint(), labels.variant(), labels.revision(), Integer.toString(code)
    };
  }
}

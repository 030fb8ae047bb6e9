package dev.berth.router.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Every metric of one router. */
public final class RouterMetrics {
  private static final String[] FLEET = {"endpoint", "variant", "revision"};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("berth_router_requests_total")
          .help("Requests answered, by the status that the client got; 499 when it left before.")
          .labelNames("endpoint", "variant", "revision", "code")
          .register(registry);
  private final Histogram duration =
      Histogram.builder()
          .name("berth_router_request_duration_seconds")
          .help("Time from the whole request to the whole answer.")
          .labelNames(FLEET)
          .classicOnly()
          .classicUpperBounds(
              0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)
          .register(registry);
  private final Counter retries =
      Counter.builder()
          .name("berth_router_retries_total")
          .help("Attempts after the first, on another server or a fresh connection.")
          .labelNames(FLEET)
          .register(registry);
  private final Counter ejections =
      Counter.builder()
          .name("berth_router_ejections_total")
          .help("Servers left alone for a while because they failed in a row.")
          .labelNames(FLEET)
          .register(registry);
  private final Counter tablesRejected =
      Counter.builder()
          .name("berth_router_tables_rejected_total")
          .help("Route tables that could not be obeyed; the last good one is served on.")
          .register(registry);
  private final Map<FleetLabels, FleetMeter> meters = new ConcurrentHashMap<>();
  private final LongAdder waiting = new LongAdder();

  public RouterMetrics() {
    GaugeWithCallback.builder()
        .name("berth_router_in_flight")
        .help("Requests on a fleet's servers.")
        .labelNames(FLEET)
        .callback(
            gauge ->
                meters.forEach(
                    (labels, meter) -> gauge.call((double) meter.inFlight(), labels.values())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("berth_router_waiting")
        .help("Requests waiting because no server is there.")
        .callback(gauge -> gauge.call((double) waiting.sum()))
        .register(registry);
  }

  /** What {@code GET /metrics} shows. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** The series of one fleet; the same object for the same labels while they are kept. */
  public FleetMeter fleet(FleetLabels labels) {
    return meters.computeIfAbsent(
        labels, l -> new FleetMeter(l, requests, duration, retries, ejections));
  }

  /** Drops the series of a fleet that is no more. */
  public void forget(FleetLabels labels) {
    FleetMeter meter = meters.remove(labels);
    if (meter != null) {
      meter.remove();
      duration.remove(labels.values());
      retries.remove(labels.values());
      ejections.remove(labels.values());
    }
  }

  /** A request that no fleet had to do with. */
  public void refused(int code) {
    requests.labelValues("", "", "", Integer.toString(code)).inc();
  }

  public void tableRejected() {
    tablesRejected.inc();
  }

  /** Requests that wait for a server: incremented and decremented by whoever holds them. */
  public LongAdder waiting() {
    return waiting;
  }
}

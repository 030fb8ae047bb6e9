package dev.berth.operator.health;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.operator.apply.Writes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Counts what the operator does. Labels are controllers, kinds, verbs and phases: a fixed few. */
public final class OperatorMetrics implements Metrics, Writes {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter reconciles =
      Counter.builder()
          .name("berth_operator_reconcile_total")
          .help("Reconciles by controller and result (success, error).")
          .labelNames("controller", "result")
          .register(registry);
  private final Counter retries =
      Counter.builder()
          .name("berth_operator_reconcile_retries_total")
          .help("Reconciles that were tried again after an error.")
          .labelNames("controller")
          .register(registry);
  private final Histogram duration =
      Histogram.builder()
          .name("berth_operator_reconcile_duration_seconds")
          .help("How long a reconcile takes.")
          .labelNames("controller")
          .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10)
          .classicOnly()
          .register(registry);
  private final Counter writes =
      Counter.builder()
          .name("berth_operator_writes_total")
          .help("Calls that changed an object: none while nothing changes.")
          .labelNames("kind", "verb")
          .register(registry);

  /** Counts Endpoints by phase whenever the metrics are read. */
  public void observe(Supplier<Collection<Endpoint>> endpoints) {
    GaugeWithCallback.builder()
        .name("berth_endpoint_phase")
        .help("Endpoints in each phase.")
        .labelNames("phase")
        .callback(
            gauge -> counted(endpoints.get()).forEach((phase, n) -> gauge.call(n, phase.name())))
        .register(registry);
  }

  private static Map<Phase, Integer> counted(Collection<Endpoint> endpoints) {
    Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    Arrays.stream(Phase.values()).forEach(phase -> phases.put(phase, 0));
    endpoints.stream()
        .filter(endpoint -> endpoint.getStatus() != null && endpoint.getStatus().phase() != null)
        .forEach(endpoint -> phases.merge(endpoint.getStatus().phase(), 1, Integer::sum));
    return phases;
  }

  void write(OutputStream out) throws IOException {
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
  }

  @Override
  public void wrote(String kind, String verb) {
    writes.labelValues(kind, verb).inc();
  }

  @Override
  public void reconcileCustomResource(
      HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
    if (retry != null && retry.getAttemptCount() > 0) {
      retries.labelValues(resource.getKind()).inc();
    }
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    long start = System.nanoTime();
    boolean done = false;
    try {
      T result = execution.execute();
      done = true;
      return result;
    } finally {
      String controller = execution.controllerName();
      reconciles.labelValues(controller, done ? "success" : "error").inc();
      duration.labelValues(controller).observe((System.nanoTime() - start) / 1e9);
    }
  }
}

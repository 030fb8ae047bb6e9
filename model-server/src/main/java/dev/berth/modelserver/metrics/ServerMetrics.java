package dev.berth.modelserver.metrics;

import dev.berth.modelserver.model.LoadedModels;
import dev.berth.serving.metrics.ServerGauges;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The metrics of a model server. Labels are names of configured models and status codes, nothing
 * that a client sends.
 */
public final class ServerMetrics {
  private static final double NANOS = 1e-9;
  private static final double[] SECONDS = {
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
    2.5, 10, 60
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests;
  private final Counter rows;
  private final Histogram duration;
  private final Gauge loadSeconds;
  private final Gauge queued;
  private final Gauge inFlight;
  private final Map<String, OfModel> models = new ConcurrentHashMap<>();

  /**
   * What is counted for one model; found once, as a look-up by label for every request is not free.
   */
  public record OfModel(
      CounterDataPoint succeeded,
      CounterDataPoint rows,
      DistributionDataPoint seconds,
      Gauge inFlight) {

    /** Times the making of an answer, and counts it and its rows unless it is refused. */
    public <T> T answering(Supplier<T> making, ToLongFunction<T> rowsOf) {
      long start = System.nanoTime();
      inFlight.inc();
      try {
        T made = making.get();
        rows.inc(rowsOf.applyAsLong(made));
        succeeded.inc();
        return made;
      } finally {
        inFlight.dec();
        seconds.observe((System.nanoTime() - start) * NANOS);
      }
    }
  }

  public ServerMetrics(LoadedModels loaded) {
    requests =
        Counter.builder()
            .name("berth_server_requests_total")
            .help("Answers to invocations, by model and HTTP status.")
            .labelNames("model", "code")
            .register(registry);
    rows =
        Counter.builder()
            .name("berth_server_rows_total")
            .help("Rows that were predicted.")
            .labelNames("model")
            .register(registry);
    duration =
        Histogram.builder()
            .name("berth_server_predict_duration_seconds")
            .help(
                "From a request's body being there to its answer being ready: reading, predicting, writing.")
            .labelNames("model")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    loadSeconds =
        Gauge.builder()
            .name("berth_server_model_load_seconds")
            .help("How long it took to fetch, read and check the model.")
            .labelNames("model")
            .register(registry);
    queued =
        Gauge.builder()
            .name("berth_server_queued_requests")
            .help("Expensive requests that wait for a worker or run on one.")
            .register(registry);
    inFlight =
        Gauge.builder()
            .name(ServerGauges.IN_FLIGHT)
            .help("Invocations that wait or are being answered.")
            .register(registry);
    LastMinute lastMinute = new LastMinute(this::invocations, System::nanoTime);
    GaugeWithCallback.builder()
        .name(ServerGauges.INVOCATIONS_PER_MINUTE)
        .help("Invocations of the last minute, answered or refused.")
        .callback(callback -> callback.call(lastMinute.count()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("berth_server_models_loaded")
        .help("Models that are ready to answer.")
        .callback(callback -> callback.call(loaded.count()))
        .register(registry);
  }

  /** A model became ready. */
  public void loaded(String model, double seconds) {
    loadSeconds.labelValues(model).set(seconds);
  }

  /** What is counted for a configured model. */
  public OfModel of(String model) {
    return models.computeIfAbsent(
        model,
        name ->
            new OfModel(
                requests.labelValues(name, "200"),
                rows.labelValues(name),
                duration.labelValues(name),
                inFlight));
  }

  /**
   * An invocation was refused; {@code model} is a configured one's name, or empty when none was
   * found.
   */
  public void refused(String model, int status) {
    requests.labelValues(model, Integer.toString(status)).inc();
  }

  /** One more or one less expensive request. */
  public void queued(int change) {
    queued.inc(change);
  }

  /** One more or one less invocation that waits; see {@link OfModel#answering} for the others. */
  public void inFlight(int change) {
    inFlight.inc(change);
  }

  private double invocations() {
    return requests.collect().getDataPoints().stream()
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  /** All metrics in Prometheus' text format. */
  public byte[] text() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes every byte", e);
    }
  }
}

package dev.berth.serving.metrics;

import dev.berth.serving.http.Answer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers {@code GET /metrics}. */
public final class MetricsPage {
  private static final PrometheusTextFormatWriter WRITER =
      PrometheusTextFormatWriter.builder().build();

  /** Everything in the registry, in Prometheus' text format. */
  public static Answer.Whole of(PrometheusRegistry registry) {
    ByteArrayOutputStream page = new ByteArrayOutputStream(16 << 10);
    try {
      WRITER.write(page, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
    return Answer.of(200, WRITER.getContentType(), page.toByteArray());
  }

  private MetricsPage() {}
}

package dev.unmask.gateway.metrics;

import dev.unmask.metrics.Metrics;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** {@code /metrics}: of the gateway itself, to whoever asks; no tenant is named there. */
@Controller
final class MetricsPage {
  private final Metrics metrics;

  MetricsPage(Metrics metrics) {
    this.metrics = metrics;
  }

  @Get(value = "/metrics", produces = Metrics.CONTENT_TYPE)
  String text() {
    return metrics.text();
  }
}

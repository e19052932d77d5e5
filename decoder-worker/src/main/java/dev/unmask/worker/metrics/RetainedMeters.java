package dev.unmask.worker.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.worker.serving.retained.RetainedCounts;
import dev.unmask.worker.serving.retained.RetainedPrefixes;
import dev.unmask.worker.serving.retained.Retention;
import java.util.function.ToLongFunction;

/** The meters of what a model's closed requests left on the device; nought where none can. */
record RetainedMeters(Metrics metrics, String model, Retention retention) {
  static void define(Metrics metrics, String model, Retention retention) {
    new RetainedMeters(metrics, model, retention).define();
  }

  private void define() {
    metrics.gauge(
        "unmask_retained_prefixes",
        "Beginnings of closed requests that the device holds.",
        () -> of(RetainedPrefixes::size),
        "model",
        model);
    count("hits", "Requests that took one.", RetainedCounts::hits);
    count("lost_hits", "Requests whose find was given up first.", RetainedCounts::lostHits);
    count("given_up", "Beginnings given up.", RetainedCounts::givenUpPrefixes);
    count("positions_copied", "Positions copied.", RetainedCounts::positionsCopied);
  }

  private void count(String what, String meaning, ToLongFunction<RetainedCounts> value) {
    metrics.count(
        "unmask_retained_" + what + "_total",
        meaning,
        () -> of(prefixes -> value.applyAsLong(prefixes.counts())),
        "model",
        model);
  }

  private long of(ToLongFunction<RetainedPrefixes> value) {
    return retention.of(model).stream().mapToLong(value).sum();
  }
}

package dev.unmask.worker.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.worker.serving.ServedModel;

/** The meters of a model's memory for keys and values. */
final class MemoryMeters {
  private static final String MODEL = "model";

  private MemoryMeters() {}

  static void define(Metrics metrics, ServedModel model) {
    var pool = model.engine().pool();
    long bytes = model.engine().pageLayout().positionBytes();
    var name = model.name();
    metrics.gauge(
        "unmask_kv_cache_usage_perc",
        "Share of the memory for keys and values that running requests have, 0 to 1.",
        () -> (double) pool.used() / pool.capacity(),
        MODEL,
        name);
    metrics.gauge(
        "unmask_kv_pool_used_bytes",
        "Memory for keys and values that running requests have.",
        () -> pool.used() * bytes,
        MODEL,
        name);
    metrics.gauge(
        "unmask_kv_pool_retained_bytes",
        "Memory that what closed requests left lies idle in.",
        () -> pool.retained() * bytes,
        MODEL,
        name);
    metrics.gauge(
        "unmask_kv_pool_capacity_bytes",
        "Memory for keys and values.",
        () -> pool.capacity() * bytes,
        MODEL,
        name);
  }
}

package dev.unmask.worker.metrics;

import dev.unmask.contract.Limits;
import dev.unmask.metrics.Metrics;
import dev.unmask.worker.serving.models.ServedModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The meters of a model's memory for keys and values. */
final class MemoryMeters {
  private static final String MODEL = "model";

  private MemoryMeters() {}

  /** What routers ask for that reckon in blocks; a block is a page's span. */
  static void layouts(Metrics metrics, List<ServedModel> models) {
    metrics.info(
        "unmask_cache_config_info",
        "How the memory for keys and values is laid out.",
        models.stream().map(MemoryMeters::layout).toList());
  }

  private static SortedMap<String, String> layout(ServedModel model) {
    var engine = model.engine();
    return new TreeMap<>(
        Map.of(
            MODEL,
            model.name(),
            "block_size",
            String.valueOf(Limits.PAGE_SPAN),
            "num_gpu_blocks",
            String.valueOf(engine.pool().capacity() / Limits.PAGE_SPAN),
            "cache_dtype",
            engine.pageLayout().type().name().toLowerCase(Locale.ROOT)));
  }

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

package dev.unmask.worker.config;

import dev.unmask.config.KnownKeys;
import dev.unmask.config.Setting;
import dev.unmask.contract.Limits;
import dev.unmask.logging.LogSettings;
import dev.unmask.metrics.MetricsSettings;
import dev.unmask.tls.TlsSettings;
import dev.unmask.tracing.TracingSettings;
import dev.unmask.worker.scheduling.Budgets;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** What a worker can be told. */
public final class KnownSettings {
  /** All of them; docs/configuration.md is made of this list. */
  public static final List<Setting> ALL =
      Stream.of(
              own(),
              TlsSettings.SETTINGS,
              MetricsSettings.SETTINGS,
              TracingSettings.SETTINGS,
              LogSettings.SETTINGS)
          .flatMap(List::stream)
          .toList();

  static final KnownKeys KEYS = KnownKeys.of(ALL);

  static final int MOST_SLOTS = 256;
  static final int GPU_SLOTS = 16;
  static final int CPU_SLOTS = 8;

  private KnownSettings() {}

  private static List<Setting> own() {
    return List.of(
        new Setting(
            "unmask.worker.name",
            "name",
            "",
            "unique among the workers of a gateway",
            "What requests and answers call it."),
        new Setting(
            "unmask.worker.models",
            Setting.LIST,
            "must be given",
            "folders; at least one",
            "Checkpoints as Hugging Face publishes them."),
        new Setting("unmask.worker.device", "word", "", "cpu or cuda:N", "Where models compute."),
        new Setting(
            "unmask.worker.slots",
            "number",
            GPU_SLOTS + " on a GPU, " + CPU_SLOTS + " on a CPU",
            "1 to " + MOST_SLOTS,
            "Requests that decode at once."),
        new Setting(
            "unmask.worker.threads",
            "number",
            "as many as this process has cores",
            "1 to 256; counts on a CPU",
            "Threads of a product."),
        new Setting(
            "unmask.worker.weights",
            "word",
            "float32",
            "float32, bfloat16 or int8; of a CPU only",
            "How weights of products are kept. What is not float32 is faster and less exact."),
        new Setting(
            "unmask.worker.kv-memory-mib",
            "MiB",
            "16384 on a GPU, 1024 on a CPU",
            "at least 1, and room for 32 positions",
            "Memory of the device for keys and values, taken at start."),
        new Setting(
            "unmask.worker.retained-share",
            "share",
            "1.0",
            "0 to 1",
            "How much of it may hold what closed requests left, until others need it. Of block-causal models."),
        new Setting(
            "unmask.worker.working-memory-mib",
            "MiB",
            "6144",
            "at least 0; of a GPU only",
            "Memory of the device for what forwards compute on the way, taken at start."),
        new Setting(
            "unmask.worker.batch.rows",
            "number",
            each(Budgets::rows),
            "1 to " + Limits.FORWARD_ROWS,
            "Rows that one forward computes at most."),
        new Setting(
            "unmask.worker.batch.refresh-rows",
            "number",
            each(Budgets::refreshRows),
            "1 to batch.rows",
            "Of them those of steps that compute all rows; one such step may be larger."),
        new Setting(
            "unmask.worker.batch.keys",
            "number",
            each(Budgets::keys),
            "1 to " + Limits.FORWARD_KEYS,
            "Keys that one forward attends to at most, over all its steps."),
        new Setting(
            "unmask.worker.batch.scored-rows",
            "number",
            each(Budgets::scoredRows),
            "1 to " + Limits.FORWARD_ROWS,
            "Rows whose logits one forward makes at most."),
        new Setting(
            "unmask.worker.cache",
            "addresses",
            "none",
            "host:port with commas, dns:///name:port or unix:/path",
            "Where the cache-services are."),
        new Setting(
            "unmask.worker.fetch",
            "word",
            "measured",
            "measured or always",
            "Whether stored states are fetched unless computing is clearly faster, or always."),
        new Setting(
            "unmask.worker.cache-mapping",
            "true or false",
            "true with unix:, else false",
            "true needs unix:",
            "Whether pages are read out of the files of the cache-service, if it lets us."),
        new Setting(
            "unmask.worker.cache-connections",
            "number",
            "one for every four processors, four at most",
            "1 to " + Limits.CACHE_CONNECTIONS,
            "Connections to each cache-service that pages take side by side."),
        new Setting(
            "unmask.worker.namespaces.NAMESPACE",
            "secret",
            "none",
            "at least 16 characters; the same on all workers",
            "What names of a namespace's states are keyed with. Without one it shares nothing."));
  }

  private static String each(ToIntFunction<Budgets> budget) {
    int gpu = budget.applyAsInt(Budgets.ofGpu());
    int cpu = budget.applyAsInt(Budgets.ofCpu());
    return gpu == cpu ? "" + cpu : gpu + " on a GPU, " + cpu + " on a CPU";
  }
}

package dev.unmask.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a service tells of itself: meters it defines, beside those of its process. Names are as
 * Prometheus shows them. Whoever counts already is asked at each scrape, so that counting costs
 * nothing more. Safe for any thread.
 */
public final class Metrics implements AutoCloseable {
  /** Of {@link #text}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Meters of the process only. */
  public Metrics() {
    collections.bindTo(registry);
    var process =
        List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics(),
            ResidentMemory.ofThisProcess());
    process.forEach(binder -> binder.bindTo(registry));
  }

  /** Where meters are defined that are no numbers somebody keeps. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * A count that somebody keeps.
   *
   * @param value of it now; never falls
   * @param tags keys and values by turns
   */
  public void count(String name, String meaning, LongSupplier value, String... tags) {
    add(name, meaning, value::getAsLong, tags);
  }

  /**
   * A sum of durations that somebody keeps.
   *
   * @param nanos of it now; never falls
   */
  public void seconds(String name, String meaning, LongSupplier nanos, String... tags) {
    add(name, meaning, () -> nanos.getAsLong() / (double) TimeUnit.SECONDS.toNanos(1), tags);
  }

  /** A number that rises and falls. */
  public void gauge(String name, String meaning, Supplier<? extends Number> value, String... tags) {
    Gauge.builder(name, value::get).description(meaning).tags(tags).register(registry);
  }

  /**
   * Facts that do not change, as labels of a series that is always 1.
   *
   * @param name ends with {@code _info}
   * @param facts labels and their values, one map a series; all have the same labels
   */
  public void info(String name, String meaning, List<SortedMap<String, String>> facts) {
    var info =
        Info.builder()
            .name(name)
            .help(meaning)
            .labelNames(facts.getFirst().keySet().toArray(String[]::new))
            .register(registry.getPrometheusRegistry());
    facts.forEach(series -> info.addLabelValues(series.values().toArray(String[]::new)));
  }

  /** How long something takes, with the bounds of its histogram. */
  public Timer timer(String name, String meaning, Duration... bounds) {
    return Timer.builder(name)
        .description(meaning)
        .serviceLevelObjectives(bounds)
        .register(registry);
  }

  /** All of it, as {@link #CONTENT_TYPE}. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  /** Meters hold what they ask weakly, but not the question: it holds what is asked. */
  private void add(String name, String meaning, DoubleSupplier value, String... tags) {
    FunctionCounter.builder(name, registry, _ -> value.getAsDouble())
        .description(meaning)
        .tags(tags)
        .register(registry);
  }
}

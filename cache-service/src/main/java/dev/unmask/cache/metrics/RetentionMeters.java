package dev.unmask.cache.metrics;

import dev.unmask.cache.config.Retention;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotUse;
import dev.unmask.cache.states.Administration;
import dev.unmask.metrics.Metrics;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The meters of what namespaces hold and what is given up. Only namespaces whose quotas are set are
 * told apart, so that nobody makes more of them by asking; the others are {@code other} together.
 */
public record RetentionMeters(
    Metrics metrics, Administration states, String policy, Set<String> namespaces) {
  private static final String OTHER = "other";

  public RetentionMeters {
    namespaces = Set.copyOf(namespaces);
  }

  /** Defines them. */
  public static void define(Metrics metrics, SlabStore store, Retention retention) {
    var states = store.administration();
    var meters =
        new RetentionMeters(
            metrics, states, retention.policy().text(), retention.quotas().keySet());
    meters
        .namespaces()
        .forEach(namespace -> {
          meters.bytes(namespace, () -> states.bytes(namespace));
          meters.evictions(namespace, () -> meters.evicted(Predicate.isEqual(namespace)));
        });
    meters.bytes(OTHER, () -> Math.max(0, used(store) - meters.bytes()));
    meters.evictions(OTHER, () -> meters.evicted(Predicate.not(meters.namespaces()::contains)));
  }

  private void bytes(String namespace, LongSupplier value) {
    metrics.gauge(
        "unmask_cache_namespace_bytes",
        "Slots in use times their size, by whose they are.",
        value::getAsLong,
        "namespace",
        namespace);
  }

  private void evictions(String namespace, LongSupplier value) {
    metrics.count(
        "unmask_cache_evicted_states_total",
        "States given up for room, for a quota, or because their time was over.",
        value,
        "policy",
        policy,
        "namespace",
        namespace);
  }

  private long bytes() {
    return namespaces.stream().mapToLong(states::bytes).sum();
  }

  private long evicted(Predicate<String> whose) {
    return states.evictions().entrySet().stream()
        .filter(entry -> whose.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long used(SlabStore store) {
    return store.use().stream().mapToLong(RetentionMeters::bytes).sum();
  }

  private static long bytes(SlotUse use) {
    return (long) use.used() * use.shape().slotBytes();
  }
}

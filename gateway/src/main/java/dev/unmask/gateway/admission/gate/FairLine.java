package dev.unmask.gateway.admission.gate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Requests of one priority, by start-time fair queueing (Goyal, Vin, Cheng 1996): every tenant has
 * a virtual time up to which it was served, its work divided by its weight; the one furthest behind
 * is next. A tenant that had nothing waiting begins at the present, so that nobody saves up. Among
 * a tenant's own requests the earliest deadline is next; among tenants deadlines do not count, or a
 * short one would be a way past the others. Guarded by its gate's lock.
 */
final class FairLine {
  private static final Comparator<Permit> EARLIEST_DEADLINE =
      Comparator.comparingLong(Permit::deadline).thenComparingLong(Permit::number);

  private static final class Waiting {
    private final TreeSet<Permit> permits = new TreeSet<>(EARLIEST_DEADLINE);
    private double served;
    private double weight = 1;
  }

  private final Map<String, Waiting> tenants = new HashMap<>();
  private double now;

  void add(Permit permit) {
    var tenant = permit.demand().tenant();
    var waiting = tenants.computeIfAbsent(tenant.name(), _ -> new Waiting());
    waiting.weight = tenant.quotas().share();
    waiting.permits.add(permit);
  }

  boolean remove(Permit permit) {
    return Optional.ofNullable(tenants.get(permit.demand().tenant().name()))
        .filter(waiting -> waiting.permits.remove(permit))
        .isPresent();
  }

  /** The next one, which is charged its estimate. */
  Optional<Permit> poll() {
    var next =
        tenants.values().stream()
            .filter(waiting -> !waiting.permits.isEmpty())
            .min(
                Comparator.<Waiting>comparingDouble(this::start)
                    .thenComparingLong(waiting -> waiting.permits.first().number()));
    return next.map(waiting -> {
      var permit = waiting.permits.pollFirst();
      now = start(waiting);
      waiting.served = now + permit.demand().work() / waiting.weight;
      forgetIdle();
      return permit;
    });
  }

  /** A request that was charged an estimate has used more, or less. */
  void settle(Permit permit, long difference) {
    Optional.ofNullable(tenants.get(permit.demand().tenant().name()))
        .ifPresent(waiting -> waiting.served += difference / waiting.weight);
  }

  int size() {
    return tenants.values().stream().mapToInt(waiting -> waiting.permits.size()).sum();
  }

  int size(String tenant) {
    return Optional.ofNullable(tenants.get(tenant)).map(it -> it.permits.size()).orElse(0);
  }

  /** Requests that would be sent before a new one, if every request were alike. */
  double ahead(Permit permit) {
    var tenant = permit.demand().tenant();
    long own =
        Optional.ofNullable(tenants.get(tenant.name())).stream()
            .mapToLong(waiting -> waiting.permits.headSet(permit).size())
            .sum();
    double turns = (own + 1) / tenant.quotas().share();
    return own
        + tenants.entrySet().stream()
            .filter(other -> !other.getKey().equals(tenant.name()))
            .map(Map.Entry::getValue)
            .mapToDouble(other -> Math.min(other.permits.size(), turns * other.weight))
            .sum();
  }

  Iterable<Permit> all() {
    return () -> tenants.values().stream().flatMap(it -> it.permits.stream()).iterator();
  }

  private double start(Waiting waiting) {
    return Math.max(now, waiting.served);
  }

  /** What is not behind the present means nothing any more. */
  private void forgetIdle() {
    tenants.values().removeIf(waiting -> waiting.permits.isEmpty() && waiting.served <= now);
  }
}

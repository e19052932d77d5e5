package dev.unmask.cache.eviction;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Gives up the state whose bytes save the least work: GreedyDual-Size with frequency (Cao and Irani
 * 1997; Cherkasova 1998).
 *
 * <pre>
 *   worth = age + uses * cost / bytes        at the last use
 *   age   = worth of the last state given up, so that what is not used grows old
 * </pre>
 *
 * Operations take the logarithm of the number of states.
 */
public final class CostAware<S> implements EvictionPolicy<S> {
  private final Map<S, Entry<S>> entries = new HashMap<>();
  private final TreeSet<Entry<S>> order =
      new TreeSet<>(
          Comparator.<Entry<S>>comparingDouble(Entry::worth).thenComparingLong(Entry::turn));
  private double age;
  private long turns;

  /**
   * A state at its last use.
   *
   * @param turn number of that use, so that of equals the least recently used goes first
   */
  private record Entry<S>(S state, Weight weight, long uses, double worth, long turn) {}

  @Override
  public void stored(S state, Weight weight) {
    var before = entries.get(state);
    put(state, weight, before == null ? 1 : before.uses());
  }

  @Override
  public void used(S state) {
    var before = entries.get(state);
    if (before != null) {
      put(state, before.weight(), before.uses() + 1);
    }
  }

  @Override
  public void forget(S state) {
    var entry = entries.remove(state);
    if (entry != null) {
      order.remove(entry);
    }
  }

  @Override
  public Optional<S> giveUp(Predicate<S> evictable) {
    var victim = order.stream().filter(entry -> evictable.test(entry.state())).findFirst();
    victim.ifPresent(entry -> {
      age = Math.max(age, entry.worth());
      forget(entry.state());
    });
    return victim.map(Entry::state);
  }

  @Override
  public Optional<S> expired() {
    return Optional.empty();
  }

  private void put(S state, Weight weight, long uses) {
    forget(state);
    // A cost that nobody told counts as the smallest there is.
    double rate = (double) Math.max(1, weight.costMicros()) / weight.bytes();
    var entry = new Entry<>(state, weight, uses, age + uses * rate, turns++);
    entries.put(state, entry);
    order.add(entry);
  }
}

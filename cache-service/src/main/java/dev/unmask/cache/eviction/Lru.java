package dev.unmask.cache.eviction;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Predicate;

/** Gives up the least recently used state. Every operation takes constant time. */
public final class Lru<S> implements EvictionPolicy<S> {
  /** Oldest use first. */
  private final LinkedHashSet<S> order = new LinkedHashSet<>();

  @Override
  public void stored(S state, Weight weight) {
    order.addLast(state);
  }

  @Override
  public void used(S state) {
    if (order.contains(state)) {
      order.addLast(state);
    }
  }

  @Override
  public void forget(S state) {
    order.remove(state);
  }

  @Override
  public Optional<S> giveUp(Predicate<S> evictable) {
    var victim = order.stream().filter(evictable).findFirst();
    victim.ifPresent(order::remove);
    return victim;
  }

  @Override
  public Optional<S> expired() {
    return Optional.empty();
  }
}

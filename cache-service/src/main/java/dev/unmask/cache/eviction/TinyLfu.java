package dev.unmask.cache.eviction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * W-TinyLFU (Einziger, Friedman and Manes, TinyLFU: a highly efficient cache admission policy,
 * 2017) as Caffeine has it, with the window that adapts.
 *
 * <p>Caffeine decides as soon as a state is stored. What it has thrown out stays in the store until
 * room is needed, so it is held here, in the order of the decisions; a use before that brings it
 * back as a new state, of known frequency.
 */
public final class TinyLfu<S> implements EvictionPolicy<S> {
  /** Caffeine counts in int; slots are multiples of this. */
  private static final int UNIT_BYTES = 4096;

  private final Cache<S, Weight> admitted;
  private final LinkedHashMap<S, Weight> thrownOut = new LinkedHashMap<>();

  /** Nothing stored yet; states are to stay within {@code capacityBytes}. */
  public TinyLfu(long capacityBytes) {
    admitted =
        Caffeine.newBuilder()
            .maximumWeight(Math.max(1, capacityBytes / UNIT_BYTES))
            .weigher(
                (S _, Weight weight) -> Math.toIntExact(Math.ceilDiv(weight.bytes(), UNIT_BYTES)))
            .executor(Runnable::run)
            .evictionListener(
                (S state, Weight weight, RemovalCause _) -> thrownOut.put(state, weight))
            .build();
  }

  @Override
  public void stored(S state, Weight weight) {
    thrownOut.remove(state);
    admitted.put(state, weight);
    admitted.cleanUp();
  }

  @Override
  public void used(S state) {
    if (admitted.getIfPresent(state) == null && thrownOut.containsKey(state)) {
      stored(state, thrownOut.get(state));
    }
  }

  @Override
  public void forget(S state) {
    thrownOut.remove(state);
    admitted.invalidate(state);
  }

  @Override
  public Optional<S> giveUp(Predicate<S> evictable) {
    var victim =
        thrownOut.keySet().stream().filter(evictable).findFirst().or(() -> coldest(evictable));
    victim.ifPresent(this::forget);
    return victim;
  }

  @Override
  public Optional<S> expired() {
    return Optional.empty();
  }

  /** When more is wanted than Caffeine was told: pinned states, pages being written. */
  private Optional<S> coldest(Predicate<S> evictable) {
    Policy.Eviction<S, Weight> order = admitted.policy().eviction().orElseThrow();
    return order.coldest(states -> states.map(Map.Entry::getKey).filter(evictable).findFirst());
  }
}

package dev.unmask.cache.states;

import dev.unmask.page.PageKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * What operators ask of a store and have it do. Safe for several threads. An empty answer says that
 * the namespace is unknown, or none of the states named are there; an empty list of states means
 * all of the namespace.
 *
 * <p>Pins and quotas set here live as long as the process.
 */
public final class Administration {
  private final Ledger ledger;
  private final Lock lock;

  /** Rules a ledger under the lock of its store. */
  public Administration(Ledger ledger, Lock lock) {
    this.ledger = ledger;
    this.lock = lock;
  }

  /** States given up for room, for a quota, or because their time was over. */
  public long evictedStates() {
    return locked(ledger::evicted);
  }

  /** The same by namespace, of those that had a quota; of all others under no name. */
  public Map<String, Long> evictions() {
    return locked(ledger::evictions);
  }

  /** Slots that a namespace has, times their size. */
  public long bytes(String namespace) {
    return locked(() -> holding(namespace).map(holding -> holding.bytes).orElse(0L));
  }

  /** Who holds how much, by name. */
  public List<NamespaceUse> namespaces() {
    return locked(() ->
        ledger.holdings.entrySet().stream()
            .map(entry -> NamespaceUse.of(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** The states of a namespace by name, at most {@code most} after {@code last}. */
  public Optional<List<StateUse>> list(String namespace, Optional<PageKey> last, int most) {
    return locked(() ->
        holding(namespace)
            .map(holding ->
                last.map(key -> holding.states.tailMap(key, false)).orElse(holding.states))
            .map(states ->
                states.values().stream()
                    .filter(StoredState::hasPages)
                    .limit(most)
                    .map(StateUse::of)
                    .toList()));
  }

  /** Pins or unpins states; how many were not so before. */
  public OptionalLong pin(String namespace, List<PageKey> keys, boolean pinned) {
    return each(
        namespace,
        keys,
        state -> {
          boolean changes = state.pinned != pinned;
          if (changes) {
            ledger.pin(state, pinned);
          }
          return changes;
        });
  }

  /** Gives states up, pinned ones too; how many. */
  public OptionalLong evict(String namespace, List<PageKey> keys) {
    return each(
        namespace,
        keys,
        state -> {
          state.pinned = false;
          ledger.release(state);
          return true;
        });
  }

  /** Sets a quota in bytes, 0 for none; a namespace above it gives states up at once. */
  public void setQuota(String namespace, long bytes) {
    locked(() -> {
      ledger.setQuota(namespace, bytes);
      return bytes;
    });
  }

  private interface Change {
    boolean make(StoredState state);
  }

  private OptionalLong each(String namespace, List<PageKey> keys, Change change) {
    return locked(() -> {
      var states = holding(namespace).map(holding -> chosen(holding, keys)).orElse(List.of());
      if (states.isEmpty() && !(keys.isEmpty() && holding(namespace).isPresent())) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(states.stream().filter(change::make).count());
    });
  }

  private static List<StoredState> chosen(Holding holding, List<PageKey> keys) {
    var named =
        keys.isEmpty()
            ? holding.states.values().stream()
            : keys.stream().distinct().map(holding.states::get).filter(Objects::nonNull);
    return named.filter(StoredState::hasPages).toList();
  }

  private Optional<Holding> holding(String namespace) {
    return Optional.ofNullable(ledger.holdings.get(namespace));
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}

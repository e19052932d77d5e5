package dev.unmask.cache.eviction;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Gives up quickly what is used once (Yang et al., FIFO queues are all you need for cache eviction,
 * SOSP 2023), with queues measured in bytes.
 *
 * <pre>
 *   new ──▶ small (an eighth) ── used ──▶ main ── used ──▶ main again, one use less
 *              └── else given up, remembered     └── else given up
 *   new and remembered ──▶ main
 * </pre>
 *
 * The paper's queue is a tenth, asks for two uses and counts to three. States come in bursts of
 * samples and rest for longer than a tenth lasts, and there are few of them, so that counting
 * further is cheap: bench/results/eviction.md has the numbers. Remembered are names only, of states
 * of as many bytes as main has. Operations take constant time, over many of them.
 */
public final class S3Fifo<S> implements EvictionPolicy<S> {
  private static final int MOST_USES = 7;
  private static final int SMALL_SHARE = 8;

  private final Queue<S> small = new Queue<>();
  private final Queue<S> main = new Queue<>();
  private final Queue<S> remembered = new Queue<>();
  private final long smallBytes;
  private final long mainBytes;

  /** Nothing stored yet; states are to stay within {@code capacityBytes}. */
  public S3Fifo(long capacityBytes) {
    smallBytes = capacityBytes / SMALL_SHARE;
    mainBytes = capacityBytes - smallBytes;
  }

  private record Entry(long bytes, int uses) {}

  /** States in the order they came, oldest first. */
  private static final class Queue<S> {
    final LinkedHashMap<S, Entry> entries = new LinkedHashMap<>();
    long bytes;

    boolean holds(S state) {
      return entries.containsKey(state);
    }

    /** Behind all others, or, if it is there, where it is. */
    void put(S state, Entry entry) {
      var before = entries.put(state, entry);
      bytes += entry.bytes() - (before == null ? 0 : before.bytes());
    }

    Optional<Entry> take(S state) {
      var entry = Optional.ofNullable(entries.remove(state));
      bytes -= entry.map(Entry::bytes).orElse(0L);
      return entry;
    }

    /** The oldest one goes behind all others, with other uses. */
    void turn(S state, int uses) {
      take(state).ifPresent(entry -> put(state, new Entry(entry.bytes(), uses)));
    }
  }

  @Override
  public void stored(S state, Weight weight) {
    if (small.holds(state)) {
      small.put(state, new Entry(weight.bytes(), small.entries.get(state).uses()));
    } else if (main.holds(state)) {
      main.put(state, new Entry(weight.bytes(), main.entries.get(state).uses()));
    } else {
      boolean known = remembered.take(state).isPresent();
      (known ? main : small).put(state, new Entry(weight.bytes(), 0));
    }
  }

  @Override
  public void used(S state) {
    var queue = small.holds(state) ? small : main;
    queue.entries.computeIfPresent(
        state, (_, entry) -> new Entry(entry.bytes(), Math.min(MOST_USES, entry.uses() + 1)));
  }

  @Override
  public void forget(S state) {
    small.take(state);
    main.take(state);
  }

  @Override
  public Optional<S> giveUp(Predicate<S> evictable) {
    // Uses run out after so many turns; only what cannot be given up keeps a queue going longer.
    int turns = (MOST_USES + 1) * (small.entries.size() + main.entries.size()) + 1;
    for (int turn = 0; turn < turns && small.entries.size() + main.entries.size() > 0; turn++) {
      boolean first =
          main.entries.isEmpty() || (small.bytes > smallBytes && !small.entries.isEmpty());
      var victim = first ? fromSmall(evictable) : fromMain(evictable);
      if (victim.isPresent()) {
        return victim;
      }
    }
    return anyOf(evictable);
  }

  @Override
  public Optional<S> expired() {
    return Optional.empty();
  }

  private Optional<S> fromSmall(Predicate<S> evictable) {
    var oldest = small.entries.firstEntry();
    int uses = oldest.getValue().uses();
    if (uses > 0) {
      small.take(oldest.getKey());
      main.put(oldest.getKey(), new Entry(oldest.getValue().bytes(), 0));
      return Optional.empty();
    }
    if (!evictable.test(oldest.getKey())) {
      small.turn(oldest.getKey(), uses);
      return Optional.empty();
    }
    small.take(oldest.getKey()).ifPresent(entry -> remember(oldest.getKey(), entry));
    return Optional.of(oldest.getKey());
  }

  private Optional<S> fromMain(Predicate<S> evictable) {
    var oldest = main.entries.firstEntry();
    int uses = oldest.getValue().uses();
    if (uses > 0 || !evictable.test(oldest.getKey())) {
      main.turn(oldest.getKey(), Math.max(0, uses - 1));
      return Optional.empty();
    }
    main.take(oldest.getKey());
    return Optional.of(oldest.getKey());
  }

  private Optional<S> anyOf(Predicate<S> evictable) {
    var any =
        Stream.of(small, main)
            .flatMap(queue -> queue.entries.keySet().stream())
            .filter(evictable)
            .findFirst();
    any.ifPresent(this::forget);
    return any;
  }

  private void remember(S state, Entry entry) {
    remembered.put(state, entry);
    while (remembered.bytes > mainBytes && remembered.entries.size() > 1) {
      remembered.take(remembered.entries.firstEntry().getKey());
    }
  }
}

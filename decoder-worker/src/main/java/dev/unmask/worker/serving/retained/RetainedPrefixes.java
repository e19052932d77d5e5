package dev.unmask.worker.serving.retained;

import dev.unmask.contract.Limits;
import dev.unmask.prompt.Pieces;
import dev.unmask.worker.engine.KvPool;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The beginnings of closed requests that one model's device memory still holds, by namespace and
 * tokens. Tokens are compared, not digests of them, so that two beginnings are never mistaken for
 * each other. At most {@link Limits#RETAINED_PREFIXES}. Safe for several threads.
 *
 * <p>Nothing is pinned. A prefix may be given up between {@link #longest} and {@link #copy}, which
 * then copies nothing. Once it copies, on the engine's thread, nobody can be writing there: whoever
 * takes the room does so after it was given up, and writes by calls to the engine's thread, that
 * is, later.
 */
public final class RetainedPrefixes {
  private final KvPool pool;
  private final int span;
  private final Holdings holdings;
  private final RetainedCounts counts = new RetainedCounts();
  private final Map<KvPool.Idle, Prefix> prefixes = new ConcurrentHashMap<>();

  /** Whose they are, which tokens, and what prompts begin with them. */
  private record Prefix(String namespace, int[] tokens, Pieces pieces) {
    /** Leading tokens in common; none with another namespace. */
    int common(String other, int... wanted) {
      if (!namespace.equals(other)) {
        return 0;
      }
      int differs = Arrays.mismatch(tokens, wanted);
      return differs < 0 ? tokens.length : differs;
    }
  }

  /**
   * A beginning that is there.
   *
   * @param place in the pool; may be given up any time
   * @param positions from 0 whose keys and values it has; whole spans, at least one
   */
  public record Found(KvPool.Idle place, int positions) {}

  /** Copies keys and values of positions from 0 into a request's own slots. */
  @FunctionalInterface
  public interface Copy {
    /**
     * Copies.
     *
     * @param fromSlot of the pool
     * @param count positions
     */
    void copySpan(int fromSlot, int count);
  }

  /**
   * Nothing is retained.
   *
   * @param pool of the model; what it may retain is set here
   * @param share of the pool that may be retained, above 0 to 1
   * @param span positions that only belong together: a multiple of the model's block length
   * @param holdings where pieces of prompts are counted
   */
  public RetainedPrefixes(KvPool pool, double share, int span, Holdings holdings) {
    if (span < 1 || !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share of " + share + " in spans of " + span);
    }
    this.pool = pool;
    this.span = span;
    this.holdings = holdings;
    pool.retainAtMost((int) (pool.capacity() * share), Limits.RETAINED_PREFIXES);
  }

  /**
   * The longest beginning that is there, which counts as used now. Asked before a request takes its
   * own room, too, it keeps that beginning from being given up for it as long as others can be.
   *
   * @param namespace whose; never another one's
   * @param tokens of the positions that a request could take, from 0
   */
  public Optional<Found> longest(String namespace, int... tokens) {
    return prefixes.entrySet().stream()
        .map(entry -> new Found(entry.getKey(), spans(entry.getValue().common(namespace, tokens))))
        .filter(found -> found.positions() > 0)
        .max(Comparator.comparingInt(Found::positions))
        .filter(found -> pool.touch(found.place()));
  }

  private int spans(int positions) {
    return positions / span * span;
  }

  /**
   * Copies a beginning into a new request's slots. For the engine's thread.
   *
   * @param target of the request, which has made no step
   * @return positions copied; 0 if it was given up meanwhile
   */
  public int copy(Found found, Copy target) {
    if (!pool.touch(found.place())) {
      counts.lost();
      return 0;
    }
    target.copySpan(found.place().run().start(), found.positions());
    counts.copied(found.positions());
    return found.positions();
  }

  /**
   * Has a request's beginning stay. To be called when it closed normally, before it gives its run
   * back.
   *
   * @param namespace whose
   * @param run of the request
   * @param tokens of the positions from 0 that are stored for good; what is no whole span of them
   *     is left out
   * @param pieces of the prompt and the answer, for whoever chooses workers
   */
  public void retain(String namespace, KvPool.Run run, int[] tokens, Pieces pieces) {
    if (covered(namespace, tokens)) {
      return;
    }
    pool.retain(run, spans(tokens.length), this::forget)
        .ifPresent(place -> add(place, namespace, tokens, pieces));
  }

  /** Whether all of it is there already; then that counts as used. */
  private boolean covered(String namespace, int... tokens) {
    return longest(namespace, tokens)
        .filter(found -> found.positions() == spans(tokens.length))
        .isPresent();
  }

  private void add(KvPool.Idle place, String namespace, int[] tokens, Pieces pieces) {
    int stored = spans(place.run().count());
    if (stored == 0) {
      pool.giveUp(place);
      return;
    }
    var prefix = new Prefix(namespace, Arrays.copyOf(tokens, stored), pieces);
    holdings.stored(pieces);
    prefixes.put(place, prefix);
    counts.retained();
    prefixes.forEach((other, shorter) -> {
      if (shorter.tokens().length < stored
          && shorter.common(namespace, prefix.tokens()) == shorter.tokens().length) {
        // Whatever it is good for, the new one is.
        pool.giveUp(other);
      }
    });
  }

  /** Called by the pool, under its lock. */
  private void forget(KvPool.Idle place) {
    Optional.ofNullable(prefixes.remove(place))
        .ifPresent(prefix -> {
          counts.givenUp();
          holdings.dropped(prefix.pieces());
        });
  }

  /** What happened so far. */
  public RetainedCounts counts() {
    return counts;
  }

  /** How many there are. */
  public int size() {
    return prefixes.size();
  }
}

package dev.unmask.cache.eviction;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * An order in which states are given up so that the others stay within so many bytes. For one
 * thread at a time; must not block.
 *
 * <p>A policy never acts by itself: who owns the bytes asks it, when there is need, for the next
 * state to give up. A policy that decides at admission (W-TinyLFU) therefore admits a state,
 * decides at once, and answers with its decision when it is asked.
 *
 * @param <S> names of states; equal names are one state, also after it was given up and came back
 */
public sealed interface EvictionPolicy<S> permits Lru, TinyLfu, S3Fifo, CostAware, TimeToLive {
  /** A state is there from now on, or weighs something else than before. */
  void stored(S state, Weight weight);

  /** A state was used; no effect if it is not there. */
  void used(S state);

  /** A state is gone, or not to be given up any more; no effect if it is not there. */
  void forget(S state);

  /**
   * Chooses the state to give up for room, and forgets it.
   *
   * @param evictable false for what cannot be given up right now; a few states at most
   * @return empty if there is none
   */
  Optional<S> giveUp(Predicate<S> evictable);

  /**
   * Chooses a state to give up although there is room, and forgets it. Only time makes a policy do
   * so.
   *
   * @return empty if there is none right now
   */
  Optional<S> expired();
}

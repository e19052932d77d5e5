package dev.unmask.cache.states;

import dev.unmask.cache.store.StateName;
import java.util.ArrayList;
import java.util.List;

/**
 * A state: where its pages are, what it is worth, and who is at it. Lives as long as it has a page
 * or a writer.
 */
public final class StoredState {
  final StateName name;

  /** In the order they came; the first one stands for the state when uses are counted. */
  final List<Place> places = new ArrayList<>();

  /** By slab. */
  final long[] bytes;

  long costMicros;
  boolean pinned;
  boolean found;

  /** Whether policies know its weight. */
  boolean settled;

  /** Number of its last use among all uses. */
  long turn;

  int readers;
  int writers;

  StoredState(StateName name, int slabs) {
    this.name = name;
    this.bytes = new long[slabs];
  }

  long totalBytes() {
    long total = 0;
    for (long some : bytes) {
      total += some;
    }
    return total;
  }

  boolean hasPages() {
    return !places.isEmpty();
  }

  /** Whether it may be given up for others right now. */
  boolean evictable() {
    return !pinned && readers == 0 && writers == 0;
  }

  boolean leads(Place place) {
    return !places.isEmpty() && places.getFirst().equals(place);
  }
}

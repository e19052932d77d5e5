package dev.unmask.cache.states;

import dev.unmask.cache.eviction.EvictionPolicy;
import dev.unmask.cache.store.StateName;
import dev.unmask.page.PageKey;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What one namespace has, and may have. */
final class Holding {
  final NavigableMap<PageKey, StoredState> states = new TreeMap<>();

  /** Slots that hold a page or are being written. */
  long bytes;

  /** 0: no bound. */
  long quotaBytes;

  /** Of its states alone; there while it has a quota. */
  Optional<EvictionPolicy<StateName>> order = Optional.empty();

  boolean isNothing() {
    return states.isEmpty() && bytes == 0 && quotaBytes == 0;
  }
}

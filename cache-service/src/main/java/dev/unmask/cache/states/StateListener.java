package dev.unmask.cache.states;

import dev.unmask.cache.store.StateName;

/** Who wants to know which states come and go. Called under the store's lock: must not block. */
public interface StateListener {
  /** Does not listen. */
  StateListener NOBODY =
      new StateListener() {
        @Override
        public void stored(StateName state) {}

        @Override
        public void evicted(StateName state) {}
      };

  /** A state has its first page. */
  void stored(StateName state);

  /** A state has no page any more. */
  void evicted(StateName state);
}

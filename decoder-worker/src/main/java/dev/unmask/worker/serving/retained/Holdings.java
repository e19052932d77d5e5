package dev.unmask.worker.serving.retained;

import dev.unmask.contract.Limits;
import dev.unmask.prompt.Pieces;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which pieces of prompts a worker's device holds: of all its models, each as long as one prefix
 * has it. Of more than {@link Limits#HELD_PIECES} it does not tell. Safe for several threads.
 */
public final class Holdings {
  /** How many prefixes have a piece. */
  private final Map<Long, Integer> prefixes = new HashMap<>();

  private final List<HoldingsListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * Tells a listener all that is held, and from now on what changes. One that listens already is
   * told all anew.
   */
  public synchronized void tell(HoldingsListener listener) {
    listener.all(List.copyOf(prefixes.keySet()));
    if (!listeners.contains(listener)) {
      listeners.add(listener);
    }
  }

  /** Tells a listener no more. */
  public synchronized void leave(HoldingsListener listener) {
    listeners.remove(listener);
  }

  synchronized void stored(Pieces pieces) {
    var more = pieces.digests().stream().filter(this::isNew).toList();
    tell(more, HoldingsListener::stored);
  }

  private boolean isNew(long digest) {
    if (!prefixes.containsKey(digest) && prefixes.size() >= Limits.HELD_PIECES) {
      return false;
    }
    return prefixes.merge(digest, 1, Integer::sum) == 1;
  }

  synchronized void dropped(Pieces pieces) {
    var gone = pieces.digests().stream().filter(this::isGone).toList();
    tell(gone, HoldingsListener::dropped);
  }

  private boolean isGone(long digest) {
    return prefixes.containsKey(digest)
        && prefixes.computeIfPresent(digest, (_, count) -> count == 1 ? null : count - 1) == null;
  }

  private void tell(List<Long> digests, Telling telling) {
    if (!digests.isEmpty()) {
      listeners.forEach(listener -> telling.tell(listener, digests));
    }
  }

  private interface Telling {
    void tell(HoldingsListener listener, Collection<Long> digests);
  }
}

package dev.unmask.worker.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What waits of one tenant, and the virtual time it has been served to. */
final class Share<T> {
  private final TreeSet<Waiting<T>> waiting = new TreeSet<>(Waiting.byDeadline());
  private long time;

  /** Adds one; a share that was empty starts at the present. */
  void add(Waiting<T> entry, long present) {
    if (waiting.isEmpty()) {
      time = Math.max(time, present);
    }
    waiting.add(entry);
  }

  void remove(Waiting<T> entry) {
    waiting.remove(entry);
  }

  /** Removes one that was served, and charges for it. */
  void take(Waiting<T> entry) {
    waiting.remove(entry);
    time += entry.ticket().charge();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Virtual time: the sum of charges, moved on over times of idleness. */
  long time() {
    return time;
  }

  /** What waits, in order, as it is now. */
  List<Waiting<T>> inOrder() {
    return new ArrayList<>(waiting);
  }
}

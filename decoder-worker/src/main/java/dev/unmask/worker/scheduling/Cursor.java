package dev.unmask.worker.scheduling;

import java.util.List;

/** How far into a tenant's line a round has come. */
final class Cursor<T> {
  private final Share<T> share;
  private final List<Waiting<T>> entries;
  private int next;

  Cursor(Share<T> share) {
    this.share = share;
    entries = share.inOrder();
  }

  boolean hasNext() {
    return next < entries.size();
  }

  Waiting<T> next() {
    return entries.get(next++);
  }

  /** The tenant's virtual time now. */
  long time() {
    return share.time();
  }

  /** When the next one came. */
  long arrival() {
    return entries.get(next).arrival();
  }
}

package dev.unmask.cache.wire;

import dev.unmask.cache.store.PinnedPage;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pinned page with several holders: the call that reads it, and each message of it that the
 * transport has not read yet. The last one to release it unpins it. Safe for several threads.
 */
public final class HeldPage {
  private final PinnedPage page;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Owns a pin from now on; its first holder is the caller. */
  public HeldPage(PinnedPage page) {
    this.page = page;
  }

  /** The whole record, read-only; not to be touched without holding it. */
  public ByteBuffer bytes() {
    return page.bytes();
  }

  /** One more holder, by somebody who holds it. */
  void hold() {
    holders.incrementAndGet();
  }

  /** One holder fewer; each calls it exactly once. */
  public void release() {
    if (holders.decrementAndGet() == 0) {
      page.close();
    }
  }
}

package dev.unmask.worker.pages.lease;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to compute a state while others wait for it; or no such right, then nobody waits. Ends
 * once: fulfilled, or given up when it is closed. Safe for several threads; never blocks.
 */
public final class Lease implements AutoCloseable {
  private final Release release;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Tells the service that a lease is over; must not block. */
  @FunctionalInterface
  public interface Release {
    /** Tells it, whether the pages are stored. */
    void tell(boolean fulfilled);
  }

  private Lease(Release release) {
    this.release = release;
  }

  /** A lease that was granted. */
  public static Lease granted(Release release) {
    return new Lease(release);
  }

  /** Nobody waits. */
  public static Lease none() {
    return new Lease(_ -> {});
  }

  /** The pages are stored. */
  public void fulfilled() {
    end(true);
  }

  /** Lets the next one compute, unless the lease is over. */
  @Override
  public void close() {
    end(false);
  }

  private void end(boolean fulfilled) {
    if (over.compareAndSet(false, true)) {
      release.tell(fulfilled);
    }
  }
}

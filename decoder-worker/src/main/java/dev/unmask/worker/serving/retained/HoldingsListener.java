package dev.unmask.worker.serving.retained;

import java.util.Collection;

/**
 * Hears which pieces of prompts the device holds. Called in order, under a lock: it must be short,
 * and must not come back.
 */
public interface HoldingsListener {
  /** All that are held now; what was told before is void. */
  void all(Collection<Long> digests);

  /** More are held. */
  void stored(Collection<Long> digests);

  /** These are not held any more. */
  void dropped(Collection<Long> digests);
}

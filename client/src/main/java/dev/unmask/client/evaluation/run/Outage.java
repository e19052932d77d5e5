package dev.unmask.client.evaluation.run;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notices when nobody serves any more: a server that is gone should end a run, not fail all of its
 * questions. Safe for use by many threads.
 */
final class Outage {
  private final AtomicInteger inRow = new AtomicInteger();

  /** A question was answered, or refused by somebody. */
  void over() {
    inRow.set(0);
  }

  /**
   * A question failed.
   *
   * @throws OutageException when too many have failed in a row because nobody served them
   */
  void failed(Asked.Refused refused) {
    if (!refused.unserved()) {
      over();
    } else if (inRow.incrementAndGet() >= Bounds.OUTAGE_QUESTIONS) {
      throw new OutageException(
          Bounds.OUTAGE_QUESTIONS + " questions in a row found no server: " + refused.reason());
    }
  }
}

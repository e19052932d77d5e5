package dev.unmask.client.evaluation.run;

import dev.unmask.client.ClientException;
import io.grpc.Status;
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
  void failed(ClientException failure) {
    if (failure.code() != Status.Code.UNAVAILABLE) {
      over();
    } else if (inRow.incrementAndGet() >= Bounds.OUTAGE_QUESTIONS) {
      throw new OutageException(failure);
    }
  }
}

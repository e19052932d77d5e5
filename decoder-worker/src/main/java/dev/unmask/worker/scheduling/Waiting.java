package dev.unmask.worker.scheduling;

import java.util.Comparator;

/**
 * A place in a line.
 *
 * @param what waits
 * @param ticket it came with
 * @param arrival how many came before it
 * @param round how many rounds were over when it came
 */
record Waiting<T>(T what, Ticket ticket, long arrival, long round) {
  /** Earliest deadline first, then first come. */
  static <T> Comparator<Waiting<T>> byDeadline() {
    return Comparator.<Waiting<T>>comparingLong(entry -> entry.ticket().deadline())
        .thenComparingLong(Waiting::arrival);
  }
}

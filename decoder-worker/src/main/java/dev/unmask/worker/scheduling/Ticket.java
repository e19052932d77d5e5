package dev.unmask.worker.scheduling;

/**
 * What the order of a {@link FairQueue} goes by.
 *
 * @param tenant whose share pays; may be empty
 * @param deadline of the request in nanoseconds, on any scale that all tickets share; {@link
 *     #NO_DEADLINE} comes last
 * @param charge what the tenant's share pays when this is taken, at least 1
 */
public record Ticket(String tenant, long deadline, long charge) {
  /** The deadline of a request that has none. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  public Ticket {
    if (charge < 1) {
      throw new IllegalArgumentException("charge must be at least 1, was " + charge);
    }
  }
}

package dev.unmask.worker.serving;

import dev.unmask.worker.scheduling.Ticket;

/**
 * When a request came, and until when it must be answered, on {@link System#nanoTime}'s scale.
 *
 * @param received when it came
 * @param deadline {@link Ticket#NO_DEADLINE} without one
 */
public record Arrival(long received, long deadline) {
  /** Of a request without a deadline. */
  public static Arrival unhurried(long received) {
    return new Arrival(received, Ticket.NO_DEADLINE);
  }
}

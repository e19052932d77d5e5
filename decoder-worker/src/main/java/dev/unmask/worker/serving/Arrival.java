package dev.unmask.worker.serving;

import dev.unmask.contract.Limits;
import dev.unmask.worker.scheduling.Ticket;
import java.time.Duration;

/**
 * When a request came, until when it must be answered, and until when it should have been, even if
 * that costs quality, on {@link System#nanoTime}'s scale.
 *
 * @param received when it came
 * @param deadline {@link Ticket#NO_DEADLINE} without one
 * @param end of its time; {@link Ticket#NO_DEADLINE}: it takes as long as it takes
 */
public record Arrival(long received, long deadline, long end) {
  /** That takes as long as it takes. */
  public Arrival(long received, long deadline) {
    this(received, deadline, Ticket.NO_DEADLINE);
  }

  /** The same with so much time from its receipt on; beyond a bound it is as good as unbounded. */
  public Arrival within(Duration time) {
    return time.compareTo(Limits.TIME_BUDGET) > 0
        ? this
        : new Arrival(received, deadline, received + time.toNanos());
  }

  /** Whether it is to be decoded in as many steps as there is time for. */
  boolean bounded() {
    return end != Ticket.NO_DEADLINE;
  }

  /** Of a request without a deadline. */
  public static Arrival unhurried(long received) {
    return new Arrival(received, Ticket.NO_DEADLINE);
  }
}

package dev.unmask.bench.simulation.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Virtual time and all that is to happen in it. Events of one moment happen in the order in which
 * they were asked for, so that a run is a function of its seed. For one thread.
 */
public final class Timeline {
  /** An event that was asked for. */
  public static final class Event {
    private final long time;
    private final long number;
    private final Runnable action;
    private boolean calledOff;

    private Event(long time, long number, Runnable action) {
      this.time = time;
      this.number = number;
      this.action = action;
    }

    /** It does not happen any more; no effect if it has. */
    public void callOff() {
      calledOff = true;
    }
  }

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.<Event>comparingLong(event -> event.time)
              .thenComparingLong(event -> event.number));
  private final RandomGenerator random;
  private final Chronicle chronicle;
  private final List<Throwable> failures = new ArrayList<>();
  private long now;
  private long asked;
  private long happened;

  /**
   * Nothing is to happen.
   *
   * @param random the only source of chance in the run
   */
  public Timeline(RandomGenerator random, Chronicle chronicle) {
    this.random = random;
    this.chronicle = chronicle;
  }

  /** Nanoseconds since the beginning. */
  public long now() {
    return now;
  }

  /** The run's source of chance. */
  public RandomGenerator random() {
    return random;
  }

  /** Events that have happened. */
  public long happened() {
    return happened;
  }

  /** Has something happen now, behind what else happens now. */
  public Event soon(Runnable action) {
    return after(0, action);
  }

  /** Has something happen later. */
  public Event after(long nanos, Runnable action) {
    var event = new Event(now + Math.max(0, nanos), asked++, action);
    events.add(event);
    return event;
  }

  /** Writes down what happened; part of what two runs of a seed must agree in. */
  public void note(String what, long detail) {
    chronicle.write(now, what, detail);
  }

  /** Something happened that must not: an invariant is broken, or a thread ended by a bug. */
  public void failed(Throwable what) {
    chronicle.write(now, "FAILED: " + what, 0);
    failures.add(what);
  }

  /** What happened that must not, so far. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** Lets the next event happen; false if there is none before a moment. */
  public boolean next(long before) {
    var event = Optional.ofNullable(events.peek());
    while (event.isPresent() && event.get().calledOff) {
      events.remove();
      event = Optional.ofNullable(events.peek());
    }
    if (event.isEmpty() || event.get().time >= before) {
      return false;
    }
    events.remove();
    now = event.get().time;
    happened++;
    event.get().action.run();
    return true;
  }
}

package dev.unmask.client.load.drive;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.workload.Workload;
import java.util.SplittableRandom;

/** Puts loads on a server, one after the other, each with arrivals and prompts of its own. */
public final class Driver {
  private final Caller caller;
  private final Workload workload;
  private final Span span;
  private final SplittableRandom random;

  /** A driver whose schedules and draws follow from {@code seed}. */
  public Driver(UnmaskClient client, Workload workload, Span span, long seed, Ticker ticker) {
    this.caller = new Caller(client, ticker);
    this.workload = workload;
    this.span = span;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Measures a load, and waits until the server is free of it.
   *
   * @return what was measured; not whole when the thread was interrupted meanwhile
   */
  public Level drive(Load load) {
    return new Round(caller, workload, span, random.split()).drive(load);
  }
}
